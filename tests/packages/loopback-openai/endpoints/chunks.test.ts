import { expect, it } from 'vitest';

import { cut, words } from '../../../../packages/loopback-openai/src/endpoints/chunks.js';

it('cuts at words, at characters or as told, and loses nothing', () => {
  const text = ' one  two\n🦜🦜 ';
  expect(words(text)).toEqual([' ', 'one  ', 'two\n', '🦜🦜 ']);
  expect(cut(text, 'words')).toEqual(words(text));
  expect(cut('a🦜b', 2)).toEqual(['a🦜', 'b']);
  expect(cut('ab', 0)).toEqual(['a', 'b']);
  expect(cut(text, (whole) => [whole])).toEqual([text]);
});

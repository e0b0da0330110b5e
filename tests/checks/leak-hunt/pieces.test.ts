import { expect, it } from 'vitest';

import { formsOf, pieces } from '../../../checks/leak-hunt/pieces.js';

it('cuts a secret into all its pieces of eight, never through a character', () => {
  expect([...pieces('abcdefghij')].map(({ piece }) => piece)).toEqual(['abcdefgh', 'bcdefghi', 'cdefghij']);
  expect([...pieces('🔑🔑🔑🔑🔑')].map(({ piece }) => piece)).toEqual(['🔑🔑🔑🔑', '🔑🔑🔑🔑']);
  expect([...pieces('too few')]).toEqual([]);
});

function names(start: number, length: number): string[] {
  return [...formsOf({ piece: 'a"b c/d€', start }, length)].map(([, name]) => name);
}

it('encodes a piece in every form that differs, but rarely in a very long secret', () => {
  expect(names(1, 20)).toEqual(expect.arrayContaining(['raw', 'URL', 'JSON', 'hex', 'base64 +0']));
  expect(names(1, 12_000)).toEqual(['raw']);
});

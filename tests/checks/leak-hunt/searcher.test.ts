import { expect, it } from 'vitest';

import { Canaries } from '../../../checks/leak-hunt/canaries.js';
import { contextOf, Searcher } from '../../../checks/leak-hunt/searcher.js';

const SEARCHER = new Searcher(new Canaries().oneOfEachKind('here'));

it('finds nothing in a text without secrets', () => {
  const others = new Canaries().oneOfEachKind('there').map(({ text }) => text);
  expect(SEARCHER.search(others.join('\n'))).toEqual([]);
});

it('merges adjacent pieces of a secret, and shows the context without it', () => {
  const token = new Canaries().get('here', 'bot token');
  const text = `logging in with ${token.text}!`;
  const finds = SEARCHER.search(text);
  expect(finds).toMatchObject([{ form: 'raw', start: 16, end: 16 + token.text.length }]);
  expect(finds.map((find) => contextOf(text, finds, find))).toEqual(['logging in with <bot token>!']);
});

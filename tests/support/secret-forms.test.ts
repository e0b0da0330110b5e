import { expect, it } from 'vitest';

import { FORMS } from './secret-forms.js';

const SECRET = 'pa ss/w"rd€';

it.each([
  ['plain text', SECRET],
  ['a URL', encodeURIComponent(SECRET)],
  ['JSON', JSON.stringify({ key: SECRET })],
  ['JSON in JSON', JSON.stringify(JSON.stringify({ key: SECRET }))],
  ['base64', Buffer.from(SECRET).toString('base64')],
  ['base64 in the middle of something', Buffer.from(`user:${SECRET}!`).toString('base64url')],
  ['hexadecimal', Buffer.from(SECRET).toString('hex')],
])('finds a secret in %s', (_, text) => {
  expect(FORMS.some(({ encode }) => text.includes(encode(SECRET)))).toBe(true);
});

it('finds nothing in another text', () => {
  expect(FORMS.filter(({ encode }) => 'pa ss/w"rd'.includes(encode(SECRET)))).toEqual([]);
});

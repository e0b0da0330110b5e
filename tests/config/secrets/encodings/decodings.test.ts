import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { decodingsOf } from '../../../../src/config/secrets/encodings/decodings.js';

const SECRET = 'a "quoted" / slashed\\secret';

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

describe('the decodings of a text', () => {
  it.each([
    ['the text itself', SECRET],
    ['JSON in JSON in JSON', JSON.stringify(JSON.stringify(JSON.stringify(SECRET)))],
    ['a query in a query', encodeURIComponent(encodeURIComponent(SECRET))],
    ['JSON in a form', new URLSearchParams({ body: JSON.stringify(SECRET) }).toString()],
    ['JSON in base64 in a URL', encodeURIComponent(base64(JSON.stringify(SECRET)))],
    ['base64 in inspected JSON', inspect({ body: JSON.stringify({ key: base64(SECRET) }) })],
    ['base64 in base64', base64(base64(SECRET))],
    ['hexadecimal in base64', base64(Buffer.from(SECRET).toString('hex'))],
    ['references in JSON', JSON.stringify(SECRET.replaceAll('"', '&quot;'))],
  ])('include the secret when it is %s', (_name, text) => {
    expect([...decodingsOf(text)].some(({ bytes }) => bytes.includes(SECRET))).toBe(true);
  });

  it('are one of a text in which nothing is encoded', () => {
    expect([...decodingsOf('a few plain words')]).toHaveLength(1);
  });

  it('are bounded for a text that was made to have many', () => {
    const text = '%5c%5Cu005c&amp;#92;+'.repeat(10_000);
    let length = 0;
    for (const { bytes } of decodingsOf(text)) length += bytes.length;
    expect(length).toBeLessThan(50 * text.length);
  });
});

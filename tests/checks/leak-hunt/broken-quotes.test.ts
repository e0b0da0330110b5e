import { expect, it } from 'vitest';

import { baseFile, brokenQuotes, KEYS, sampleOf } from '../../../checks/leak-hunt/broken-quotes.js';
import { Canaries } from '../../../checks/leak-hunt/canaries.js';
import { parseEnvFile } from '../../../src/config/parse/env-file.js';

it('starts from a well-formed file of sixty keys', () => {
  const { text, keys } = baseFile(new Canaries());
  expect(parseEnvFile(Buffer.from(text)).keys).toEqual(keys);
  expect(new Set(keys).size).toBe(KEYS);
});

it('inserts every quote everywhere, and removes every quote', () => {
  const texts = [...brokenQuotes(`A='`)].map(({ text }) => text);
  expect(texts).toHaveLength(4 * 3 + 1);
  expect(texts).toEqual(expect.arrayContaining([`"A='`, "A`='", `A='"`, 'A=']));
});

it('takes an evenly spaced sample', () => {
  expect(sampleOf([0, 1, 2, 3, 4, 5], 3)).toEqual([0, 2, 4]);
  expect(sampleOf([0, 1], 3)).toEqual([0, 1]);
});

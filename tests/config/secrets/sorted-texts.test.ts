import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SortedTexts } from '../../../src/config/secrets/sorted-texts.js';

function sorted(...texts: string[]): SortedTexts {
  const all = new SortedTexts();
  for (const text of texts) all.add(text);
  return all;
}

describe('sorted texts', () => {
  it('find the longest one that stands at a place', () => {
    const texts = sorted('abc', 'abcde', 'abd', 'b');
    expect(texts.longestAt('-abcdef', 1)).toBe(5);
    expect(texts.longestAt('-abcdx', 1)).toBe(3);
    expect(texts.longestAt('-abx', 1)).toBe(0);
    expect(texts.longestAt('-abc', 1)).toBe(3);
  });

  it('find none when there are none', () => {
    expect(sorted().longestAt('abc', 0)).toBe(0);
  });

  it('find what comparing with each of them finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\uFFFF'), maxLength: 7 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), text, fc.nat(3), (texts, haystack, start) => {
        const rest = haystack.slice(start);
        const whole = texts.filter((one) => rest.startsWith(one)).map(({ length }) => length);
        const all = sorted(...texts);
        expect(all.longestAt(haystack, start)).toBe(Math.max(0, ...whole));
      }),
      { seed: 20_269, numRuns: 5000 },
    );
  });
});

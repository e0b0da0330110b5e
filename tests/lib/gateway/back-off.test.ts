import { describe, expect, it } from 'vitest';

import { BackOff } from '../../../src/lib/gateway/back-off.js';

/** The first pauses when chance shortens none. */
function pausesOf(backOff: BackOff, count: number): number[] {
  return Array.from({ length: count }, () => backOff.next());
}

const LONGEST = (): number => 1;

describe('BackOff', () => {
  it('doubles from the first pause up to the longest', () => {
    const backOff = new BackOff({ firstMs: 1000, maxMs: 60_000, random: LONGEST });
    expect(pausesOf(backOff, 8)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('shortens a pause by up to a half', () => {
    const backOff = new BackOff({ firstMs: 1000, maxMs: 60_000, random: () => 0 });
    expect(pausesOf(backOff, 3)).toEqual([500, 1000, 2000]);
  });

  it('never takes less than is asked for', () => {
    const backOff = new BackOff({ firstMs: 1000, maxMs: 60_000, random: LONGEST });
    expect([backOff.next(90_000), backOff.next(100)]).toEqual([90_000, 2000]);
  });

  it('begins again after a reset', () => {
    const backOff = new BackOff({ firstMs: 1000, maxMs: 60_000, random: LONGEST });
    pausesOf(backOff, 5);
    backOff.reset();
    expect(backOff.next()).toBe(1000);
  });

  it('stays at the longest pause however often it is asked', () => {
    const backOff = new BackOff({ firstMs: 1, maxMs: 60_000, random: LONGEST });
    expect(pausesOf(backOff, 5000).at(-1)).toBe(60_000);
  });
});

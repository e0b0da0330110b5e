import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { compare, orderOf, timingOf } from '../../../bench/timing/compare.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Takes exactly this long. */
function work(ms: number): void {
  vi.advanceTimersByTime(ms);
}

describe('compare', () => {
  it('runs every contender equally often, and leaves the warm-up out of the figures', async () => {
    const runs: Record<string, number> = { first: 0, second: 0 };
    const count = (name: string) => ({ name, run: () => void (runs[name] = (runs[name] ?? 0) + 1) });
    const comparison = await compare({
      contenders: [count('first'), count('second')],
      budgetMs: 0,
      atLeast: 10,
    });
    expect(comparison.timings.map(({ us }) => us.samples)).toEqual([10, 10]);
    // Once to see whether it is too slow, and a fifth of the repetitions to warm up.
    expect(runs).toEqual({ first: 13, second: 13 });
  });

  it('states ratios to the first, and times for one operation', async () => {
    const comparison = await compare({
      contenders: [
        { name: 'first', run: () => work(1) },
        { name: 'ten at once', run: () => work(10), operations: 10 },
        { name: 'three times as long', run: () => work(3) },
      ],
      budgetMs: 0,
      atLeast: 5,
    });
    expect(timingOf(comparison, 'first')?.ratio.median).toBe(1);
    expect(timingOf(comparison, 'ten at once')?.ratio.median).toBe(1);
    expect(timingOf(comparison, 'three times as long')?.ratio.median).toBe(3);
  });

  it('leaves out a contender that exceeds the limit, but never the first', async () => {
    const { timings, tooSlow } = await compare({
      contenders: [
        { name: 'first', run: () => work(3) },
        { name: 'slow', run: () => work(3) },
        { name: 'fast', run: () => undefined },
      ],
      budgetMs: 0,
      atLeast: 1,
      limitMs: 2,
    });
    expect(timings.map(({ name }) => name)).toEqual(['first', 'fast']);
    expect(tooSlow).toEqual([{ name: 'slow', ms: expect.closeTo(3) }]);
  });

  it('waits for contenders that are asynchronous', async () => {
    let pending = 0;
    let most = 0;
    const run = async (): Promise<void> => {
      most = Math.max(most, ++pending);
      await Promise.resolve();
      pending--;
    };
    const contenders = [
      { name: 'one', run },
      { name: 'two', run },
    ];
    await compare({ contenders, budgetMs: 0, atLeast: 3 });
    expect(most).toBe(1);
  });

  it('prepares every repetition, untimed', async () => {
    let prepared = 0;
    const before = (): void => void prepared++;
    await compare({
      contenders: [{ name: 'first', run: () => undefined }],
      budgetMs: 0,
      atLeast: 5,
      before,
    });
    expect(prepared).toBe(1 + 1 + 5);
  });
});

it('orderOf rotates and reverses, so that no contender always has the same predecessor', () => {
  expect([0, 1, 2, 3, 4, 5].map((turn) => orderOf(turn, 3).join(''))).toEqual([
    '012',
    '021',
    '201',
    '210',
    '120',
    '102',
  ]);
});

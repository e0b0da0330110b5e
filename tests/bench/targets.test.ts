import { describe, expect, it } from 'vitest';

import { REASONS } from '../../bench/reasons.js';
import { FLOOR, REFRESH } from '../../bench/results.js';
import { isMet, targetsOf } from '../../bench/targets.js';
import { comparisonOf, published } from './sample.js';

function target(id: string, results = published) {
  const found = targetsOf(results).find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no target ${id}`);
  return found;
}

describe('a target', () => {
  const limited = { id: 'x', what: 'x', unit: 'ms', limit: 10 };

  it.each([
    ['at most', 10, true],
    ['at most', 10.1, false],
    ['at least', 10, true],
    ['at least', 9.9, false],
    ['at most', Number.NaN, false],
  ] as const)('of %s 10 with %d measured: %s', (sense, measured, met) => {
    expect(isMet({ ...limited, sense, measured })).toBe(met);
  });
});

describe('the targets of a run', () => {
  it('hold a refresh to its worst size', () => {
    const refresh = [1, 4, 2].map((us, index) => ({
      keys: 10 ** (index + 1),
      mode: 'one' as const,
      bytes: 1,
      comparison: comparisonOf({ [FLOOR]: 1, [REFRESH]: us }),
    }));
    expect(target('refresh-one', { ...published, refresh }).measured).toBe(4);
  });

  it('compare a refresh with loaders, and not with parsers', () => {
    const comparison = comparisonOf({ [FLOOR]: 1, [REFRESH]: 10, 'dotenv.parse, default': 2, other: 15 });
    expect(target('peers', { ...published, peers: [{ keys: 10, comparison }] }).measured).toBe(1.5);
  });

  it('compare this bot with the bare one', () => {
    const { ours, bare } = published.process.idleSeconds;
    expect(target('idle').measured).toBe(ours.median - bare.median);
  });

  it('have a reason each when the published run misses them', () => {
    const missed = targetsOf(published).filter((candidate) => !isMet(candidate));
    expect(missed.map(({ id }) => id).filter((id) => REASONS[id] === undefined)).toEqual([]);
  });
});

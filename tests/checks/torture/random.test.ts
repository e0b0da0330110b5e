import { expect, it } from 'vitest';

import { Random } from '../../../checks/torture/random.js';

const decisions = (seed: number): number[] => {
  const random = new Random(seed);
  return Array.from({ length: 20 }, () => random.integer(0, 1_000_000));
};

it('makes the same decisions for the same seed', () => {
  expect(decisions(7)).toEqual(decisions(7));
  expect(decisions(7)).not.toEqual(decisions(8));
});

it('includes both ends of a range, and every choice', () => {
  const random = new Random(1);
  const drawn = new Set(Array.from({ length: 200 }, () => random.integer(-1, 2)));
  expect([...drawn].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  expect(new Set(Array.from({ length: 200 }, () => random.pick(['a', 'b', 'c'])))).toEqual(
    new Set(['a', 'b', 'c']),
  );
  expect(() => random.pick([])).toThrow(RangeError);
});

it('takes a chance as often as its probability says', () => {
  const random = new Random(2);
  const taken = Array.from({ length: 2000 }, () => random.chance(0.25)).filter(Boolean).length;
  expect(taken).toBeGreaterThan(400);
  expect(taken).toBeLessThan(600);
});

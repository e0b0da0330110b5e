import { describe, expect, it } from 'vitest';

import { growthExponent, latencyOf, slopeOf, spreadOf } from '../../../bench/timing/statistics.js';

describe('spreadOf', () => {
  it('finds the median and the middle half, whatever the order', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, p25: 2, p75: 4, samples: 5 });
  });

  it('interpolates between neighbours', () => {
    expect(spreadOf([10, 20])).toEqual({ median: 15, p25: 12.5, p75: 17.5, samples: 2 });
  });

  it('sorts numbers as numbers', () => {
    expect(spreadOf([9, 10, 100]).median).toBe(10);
  });

  it('refuses to describe nothing', () => {
    expect(() => spreadOf([])).toThrow('at least one');
  });
});

describe('latencyOf', () => {
  it('finds the extremes and the 99th percentile', () => {
    const values = Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(latencyOf(values)).toEqual({ p50: 50, p99: 99, least: 0, most: 100, samples: 101 });
  });
});

it('slopeOf measures the growth along the best line', () => {
  const points = [
    { x: 1, y: 11 },
    { x: 2, y: 9 },
    { x: 3, y: 16 },
    { x: 4, y: 14 },
  ];
  expect(slopeOf(points)).toBeCloseTo(1.6);
});

it.each([1, 2, 0.5])('growthExponent recognizes growth to the power of %d', (power) => {
  const points = [10, 50, 1000, 10_000].map((x) => ({ x, y: 7 * x ** power }));
  expect(growthExponent(points)).toBeCloseTo(power);
});

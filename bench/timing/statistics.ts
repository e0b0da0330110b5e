import { linearRegression, maxSorted, minSorted, quantileSorted } from 'simple-statistics';

/** The middle of a set of measurements and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly p25: number;
  readonly p75: number;
  readonly samples: number;
}

/** How long something takes, as seen by the one waiting for it. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly least: number;
  readonly most: number;
  readonly samples: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** @throws when there is no value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: quantileSorted(sorted, 0.5),
    p25: quantileSorted(sorted, 0.25),
    p75: quantileSorted(sorted, 0.75),
    samples: sorted.length,
  };
}

/** @throws when there is no value. */
export function latencyOf(values: readonly number[]): Latency {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    p50: quantileSorted(sorted, 0.5),
    p99: quantileSorted(sorted, 0.99),
    least: minSorted(sorted),
    most: maxSorted(sorted),
    samples: sorted.length,
  };
}

/** By how much y grows with each unit of x: the slope of the line that fits best. */
export function slopeOf(points: readonly Point[]): number {
  return linearRegression(points.map(({ x, y }) => [x, y])).m;
}

/** The k of y = c·x^k that fits best: 1 is linear, 2 is quadratic. Both coordinates must be above zero. */
export function growthExponent(points: readonly Point[]): number {
  return slopeOf(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) })));
}

/** The middle of a set of measurements and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly p25: number;
  readonly p75: number;
  readonly samples: number;
}

/** How long something takes, as whoever waits for it sees it. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly least: number;
  readonly most: number;
  readonly samples: number;
}

/** A straight line through points. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The value below which a share (0 to 1) of the values lies, interpolated between neighbours; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    median: median(values),
    p25: quantile(values, 0.25),
    p75: quantile(values, 0.75),
    samples: values.length,
  };
}

export function latencyOf(values: readonly number[]): Latency {
  return {
    p50: median(values),
    p99: quantile(values, 0.99),
    least: quantile(values, 0),
    most: quantile(values, 1),
    samples: values.length,
  };
}

/** The line with the least sum of squared distances in y. */
export function fitLine(points: readonly Point[]): Line {
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  let covariance = 0;
  let variance = 0;
  for (const { x, y } of points) {
    covariance += (x - meanX) * (y - meanY);
    variance += (x - meanX) ** 2;
  }
  const slope = covariance / variance;
  return { slope, intercept: meanY - slope * meanX };
}

/** The k of y = c·x^k that fits best: 1 is linear, 2 is quadratic. Both coordinates must be above zero. */
export function growthExponent(points: readonly Point[]): number {
  return fitLine(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }))).slope;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

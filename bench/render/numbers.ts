import type { Latency, Spread } from '../timing/statistics.js';

/** A number with about three significant digits, for people. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return size >= 0.01 || size === 0 ? value.toFixed(2) : value.toFixed(4);
}

/** `12.3 (11.9–12.8)`: the median and the middle half. */
export function spread({ median, p25, p75 }: Spread): string {
  return `${figure(median)} (${figure(p25)}–${figure(p75)})`;
}

export function latencyCells({ p50, p99, least, most, samples }: Latency): string[] {
  return [p50, p99, least, most].map(figure).concat(String(samples));
}

/** Microseconds, in the most readable unit. */
export function duration(us: number): string {
  if (us >= 1000) return `${figure(us / 1000)} ms`;
  return us >= 1 ? `${figure(us)} µs` : `${figure(us * 1000)} ns`;
}

import { readFileSync } from 'node:fs';

import { assume } from 'loopback-kit';

import type { Results } from '../../bench/results.js';
import type { Comparison } from '../../bench/timing/compare.js';
import type { Spread } from '../../bench/timing/statistics.js';

/** A file under docs/. */
export function readDocs(file: string): string {
  return readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
}

/** The run that the documentation shows. */
export const published = assume<Results>(JSON.parse(readDocs('benchmarks/results.json')));

/** Contenders (name → median in µs), the first of which the ratios are to. */
export function comparisonOf(medians: Readonly<Record<string, number>>): Comparison {
  const base = Object.values(medians)[0] ?? Number.NaN;
  return {
    timings: Object.entries(medians).map(([name, us]) => ({
      name,
      us: exactly(us),
      ratio: exactly(us / base),
    })),
    tooSlow: [],
  };
}

function exactly(value: number): Spread {
  return { median: value, p25: value, p75: value, samples: 1 };
}

import type { Pairing } from '../results.js';
import { spreadOf } from './statistics.js';

/** Two series of the same measurement, and the ratios of those that were taken together. */
export function pairingOf(ours: readonly number[], bare: readonly number[]): Pairing {
  return {
    ours: spreadOf(ours),
    bare: spreadOf(bare),
    ratio: spreadOf(ours.map((value, index) => value / (bare[index] ?? Number.NaN))),
  };
}

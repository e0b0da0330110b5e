import { type Exponents, FLOOR, MODES, REFRESH, type RefreshRow } from './results.js';
import { growthExponent, type Point } from './timing/statistics.js';

/** From this number of keys on, growth shows above the fixed cost of a refresh. */
const LARGE = 1000;

/** How the time of a refresh grows with the number of keys. */
export function exponentsOf(rows: readonly RefreshRow[]): Exponents[] {
  return MODES.map((mode) => {
    const points = (name: string, least: number): Point[] =>
      rows
        .filter((row) => row.mode === mode && row.keys >= least)
        .flatMap(({ keys, comparison }) =>
          comparison.timings
            .filter((timing) => timing.name === name)
            .map(({ us }) => ({ x: keys, y: us.median })),
        );
    return {
      mode,
      large: growthExponent(points(REFRESH, LARGE)),
      all: growthExponent(points(REFRESH, 0)),
      floorLarge: growthExponent(points(FLOOR, LARGE)),
    };
  });
}

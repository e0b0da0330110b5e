import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random decisions that a seed can repeat. */
export class Random {
  readonly #generator;

  public constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** At least 0, less than 1. */
  public fraction(): number {
    return uniformFloat64(this.#generator);
  }

  /** An integer from `min` to `max`, both included. */
  public integer(min: number, max: number): number {
    return uniformInt(this.#generator, min, max);
  }

  public chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** @throws {RangeError} on an empty list. */
  public pick<T>(choices: readonly T[]): T {
    const choice = choices[this.integer(0, Math.max(0, choices.length - 1))];
    if (choice === undefined) throw new RangeError('nothing to choose from');
    return choice;
  }
}

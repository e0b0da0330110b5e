import { distance } from 'fastest-levenshtein';

/** The largest edit distance at which a key is taken for a misspelling, as a share of the declared key's length. */
const MISSPELT = 0.34;

/** Knows which declared key an undeclared one is probably a misspelling of. Remembers its answers. */
export class Misspellings {
  readonly #answers = new Map<string, string | null>();

  public constructor(private readonly declared: readonly string[]) {}

  /** The declared key that was meant, or `null`. */
  public meant(key: string): string | null {
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#closest(key.toUpperCase().replaceAll(/[.-]/g, '_'));
    this.#answers.set(key, answer);
    return answer;
  }

  #closest(key: string): string | null {
    let best: string | null = null;
    let bestDistance = Infinity;
    for (const candidate of this.declared) {
      const limit = Math.floor(candidate.length * MISSPELT);
      if (Math.abs(candidate.length - key.length) > limit) continue;
      const edits = distance(key, candidate);
      if (edits <= limit && edits < bestDistance) [best, bestDistance] = [candidate, edits];
    }
    return best;
  }
}

import { distance } from 'fastest-levenshtein';

import type { Definitions } from './definition.js';

/** The largest edit distance at which a key is taken for a misspelling, as a share of the declared key's length. */
const MISSPELT = 0.34;

/** Two neighbouring letters that have changed places are two edits, which a short key has to allow as well. */
const TRANSPOSITION = 2;

/** The declared key that an undeclared one is probably a misspelling of, or `null`. */
export function meantKey(key: string, definitions: Definitions): string | null {
  const written = key.toUpperCase().replaceAll(/[.-]/g, '_');
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of definitions.keys()) {
    const limit = Math.max(TRANSPOSITION, Math.floor(candidate.length * MISSPELT));
    if (Math.abs(candidate.length - written.length) > limit) continue;
    const edits = distance(written, candidate);
    if (edits <= limit && edits < bestDistance) [best, bestDistance] = [candidate, edits];
  }
  return best;
}

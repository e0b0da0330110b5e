import { closest, distance } from 'fastest-levenshtein';

/** How many characters of a word may be wrong for another one to be suggested. */
const MAX_TYPOS = 2;

/** What was probably meant, if anything is close; capitals do not count. */
export function suggestionFor(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = word.toLowerCase();
  const near = closest(lower, known);
  return distance(lower, near) <= MAX_TYPOS ? near : undefined;
}

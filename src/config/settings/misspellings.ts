import { distance } from 'fastest-levenshtein';

import type { Definitions } from './definition.js';

/** The largest edit distance at which a key is taken for a misspelling, as a share of the declared key's length. */
const MISSPELT = 0.34;

/** Two neighbouring letters that have changed places are two edits, which a short key has to allow as well. */
const TRANSPOSITION = 2;

/** Of fewer letters, two edits make any other word: BUG and DEBUG. */
const MIN_LETTERS = 4;

/** The words of declared keys, which are asked for once for each extra of a file. */
const wordsOfAll = new WeakMap<Definitions, readonly (readonly [key: string, words: readonly string[]])[]>();

/**
 * The declared key that an undeclared one probably means, or `null`: one that has it as an alias, is a slip away, has
 * nearly the same words, or nearly the same letters.
 */
export function meantKey(key: string, definitions: Definitions): string | null {
  const written = key.toUpperCase().replaceAll(/[.-]/g, '_');
  for (const { key: candidate, aliases } of definitions.values()) {
    if (aliases.includes(written)) return candidate;
  }
  const nearest = nearestByLetters(written, definitions);
  if (nearest !== null && nearest.edits <= 1) return nearest.key;
  return nearestByWords(written, definitions) ?? nearest?.key ?? null;
}

function nearestByLetters(written: string, definitions: Definitions) {
  let nearest: { readonly key: string; readonly edits: number } | null = null;
  for (const key of definitions.keys()) {
    const limit =
      written.length < MIN_LETTERS ? 1 : Math.max(TRANSPOSITION, Math.floor(key.length * MISSPELT));
    if (Math.abs(key.length - written.length) > limit) continue;
    const edits = distance(written, key);
    if (edits <= limit && edits < (nearest?.edits ?? Infinity)) nearest = { key, edits };
  }
  return nearest;
}

/** The one that shares most words, two of three at least, or the half that was written; of equals none. */
function nearestByWords(written: string, definitions: Definitions): string | null {
  const words = wordsOf(written);
  let nearest: string | null = null;
  let best = 0;
  for (const [key, others] of wordsOfDeclared(definitions)) {
    const shared = words.filter((word) => others.includes(word)).length;
    const share = shared / Math.max(words.length, others.length);
    const isNear = share >= 2 / 3 || (share >= 1 / 2 && shared === words.length);
    // What comes first says what it is about: OPENAI_BASE_URL is no OLLAMA_BASE_URL.
    const score = isNear ? share + (words[0] === others[0] ? 0.01 : 0) : 0;
    if (score === best) nearest = null;
    if (score > best) [nearest, best] = [key, score];
  }
  return nearest;
}

function wordsOfDeclared(definitions: Definitions) {
  const known = wordsOfAll.get(definitions);
  if (known !== undefined) return known;
  // What lists keys is named after them: a SECRET_KEY is one that CONFIG_SECRET_KEYS may list.
  const words = [...definitions.values()]
    .filter(({ listsKeys }) => listsKeys === null)
    .map(({ key }) => [key, wordsOf(key)] as const);
  wordsOfAll.set(definitions, words);
  return words;
}

/** Without the "S" of a plural. */
function wordsOf(key: string): string[] {
  return key.split('_').map((word) => word.replace(/(?<=[A-Z]{2})S$/, ''));
}

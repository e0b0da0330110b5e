import { formsOf, piecesOf } from './secret-forms.js';
import { MASK, MIN_MASKABLE_LENGTH, maskShapes, secretParts } from './sensitive.js';
import { SortedTexts } from './sorted-texts.js';

/**
 * How much of the beginning of a secret gives it away. Logs cut long values ("Provided token: MTk4….G4x….*****"),
 * so an occurrence that starts like a secret and goes on for this many characters is masked too.
 */
const TELLING_PREFIX = 16;

/**
 * How deep secrets inside secrets are looked for: a credential in a URL in the query of a URL. Without a limit,
 * "?key=?key=?key=…" takes memory with the square of its length.
 */
const MAX_DEPTH = 3;

/**
 * How many secrets are remembered that are in no configuration any more. A program that writes a new one every
 * minute would fill the memory with them; whatever still prints one after so many rotations had it written down.
 */
export const MAX_SUPERSEDED = 1000;

/**
 * What begins like many other texts that are no secrets: URLs, and paths, which a key named "credentials" may hold.
 * A path has no "+" or "=", which tells it from base64.
 */
const SHARED_BEGINNING = /:\/\/|^(?:~|\.{1,2})?\/[^/+=]+\/[^+=]*$/;

/** What is looked for where a text has the same window. */
interface Needles {
  readonly whole: SortedTexts;
  /** Those whose beginning alone is to be masked as well. */
  readonly telling: SortedTexts;
  /** The delimiters that stand in those: whoever guesses one of them may go on behind it. */
  readonly inside: Set<string>;
}

/** What ends a value in JSON, in code and in prose. */
const DELIMITERS: ReadonlySet<string> = new Set(' \t\n\r"\'`<>\\,;(){}[]…');

/**
 * Replaces every known secret in a text, in any of the forms in which libraries print values.
 *
 * One pass over the text, whatever the number of secrets: a rolling window of four characters is looked up in a
 * 64 Ki-entry filter, and only where a secret could start is it compared. Overlapping finds are masked as one, so
 * that no secret survives by sharing characters with another.
 */
export class Masker {
  readonly #filter = new Uint8Array(1 << 16);
  readonly #needles = new Map<number, Needles>();
  /** Every text whose forms are looked for, parts of secrets included. */
  readonly #learned = new Set<string>();
  /** The secrets themselves; those that were in use last come last. */
  readonly #secrets = new Set<string>();

  /**
   * Makes a value known: a rotated secret stays masked. Values under {@link MIN_MASKABLE_LENGTH} characters are
   * ignored.
   */
  public add(secret: string): void {
    if (secret.length < MIN_MASKABLE_LENGTH) return;
    this.#secrets.delete(secret);
    this.#secrets.add(secret);
    this.#learn(secret, MAX_DEPTH);
  }

  /**
   * Makes every value in use known, and forgets the oldest of those that are not when they have become very many:
   * never one of the last {@link MAX_SUPERSEDED}.
   */
  public follow(inUse: ReadonlySet<string>): void {
    for (const secret of inUse) this.add(secret);
    // Twice as many, because to forget is to learn the others again.
    if (this.#secrets.size <= inUse.size + 2 * MAX_SUPERSEDED) return;
    const kept = [...this.#secrets].slice(-(inUse.size + MAX_SUPERSEDED));
    this.#filter.fill(0);
    this.#needles.clear();
    this.#learned.clear();
    this.#secrets.clear();
    for (const secret of kept) this.add(secret);
  }

  /** The text with every known secret, and everything with the shape of one, replaced by {@link MASK}. */
  public mask(text: string): string {
    return maskShapes(this.#maskKnown(text));
  }

  #learn(secret: string, depth: number): void {
    if (this.#learned.has(secret) || secret.length < MIN_MASKABLE_LENGTH) return;
    this.#learned.add(secret);
    const isTelling = !SHARED_BEGINNING.test(secret);
    for (const form of formsOf(secret)) this.#addNeedle(form, isTelling);
    if (depth === 0) return;
    for (const part of [...piecesOf(secret), ...secretParts(secret)]) this.#learn(part, depth - 1);
  }

  #addNeedle(needle: string, isTelling: boolean): void {
    if (needle.length < MIN_MASKABLE_LENGTH) return;
    const window = windowAt(needle, 0);
    const needles = this.#needles.get(window) ?? {
      whole: new SortedTexts(),
      telling: new SortedTexts(),
      inside: new Set(),
    };
    needles.whole.add(needle);
    if (isTelling && needle.length > TELLING_PREFIX) {
      needles.telling.add(needle);
      for (const character of needle) if (DELIMITERS.has(character)) needles.inside.add(character);
    }
    this.#needles.set(window, needles);
    this.#filter[slotOf(window)] = 1;
  }

  #maskKnown(text: string): string {
    if (this.#needles.size === 0 || text.length < MIN_MASKABLE_LENGTH) return text;
    let masked = '';
    let shownTo = 0;
    let hiddenFrom = 0;
    let hiddenTo = 0;
    const runs = new Map<Needles, number>();
    let window = windowAt(text, 0) >>> 8;
    for (let last = 3; last < text.length; last++) {
      window = ((window << 8) | (text.charCodeAt(last) & 0xff)) >>> 0;
      if (this.#filter[slotOf(window)] === 0) continue;
      const start = last - 3;
      const length = this.#lengthAt(window, text, start, runs);
      if (length === 0) continue;
      if (start > hiddenTo) {
        if (hiddenTo > 0) masked += text.slice(shownTo, hiddenFrom) + MASK;
        shownTo = hiddenTo;
        hiddenFrom = start;
      }
      hiddenTo = Math.max(hiddenTo, start + length);
    }
    if (hiddenTo === 0) return text;
    return masked + text.slice(shownTo, hiddenFrom) + MASK + text.slice(hiddenTo);
  }

  /** How many characters from `start` belong to a secret. `runs` is where the last run of each kind ends. */
  #lengthAt(window: number, text: string, start: number, runs: Map<Needles, number>): number {
    const needles = this.#needles.get(window);
    if (needles === undefined) return 0;
    const whole = needles.whole.longestAt(text, start);
    const beginning = needles.telling.longestBeginningAt(text, start);
    if (beginning < TELLING_PREFIX || beginning <= whole) return whole;
    // A run that was looked through before ends where it did then.
    const from = start + beginning;
    const known = runs.get(needles) ?? 0;
    const end = known >= from ? known : endOfRun(text, from, needles.inside);
    runs.set(needles, end);
    return end - start;
  }
}

/**
 * Where the characters end that one of these secrets could go on with. A beginning is hidden up to there, and not up
 * to where it stops being the secret's: everybody knows how a bot token begins (with the bot's id), and whoever sees
 * how much of their guesses disappears learns the rest one character at a time.
 */
function endOfRun(text: string, from: number, inside: ReadonlySet<string>): number {
  let end = from;
  while (end < text.length && (!DELIMITERS.has(text.charAt(end)) || inside.has(text.charAt(end)))) end++;
  return end;
}

/** The low bytes of four characters; characters that are not there count as zero. */
function windowAt(text: string, at: number): number {
  let window = 0;
  for (let offset = 0; offset < 4; offset++) {
    window = (window << 8) | (at + offset < text.length ? text.charCodeAt(at + offset) & 0xff : 0);
  }
  return window >>> 0;
}

/** Fibonacci hashing: the upper half of the product with 2^32 divided by the golden ratio. */
function slotOf(window: number): number {
  return Math.imul(window, 0x9e3779b1) >>> 16;
}

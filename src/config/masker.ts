import { inspect } from 'node:util';

import { MASK, MIN_MASKABLE_LENGTH, maskShapes, secretParts } from './sensitive.js';

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
 * How often an escaped text may have been escaped again: the body of a request as JSON in the log as JSON, shown by
 * inspect. Every time can double its length, so a very long one is left at once.
 */
const MAX_NESTING = 3;
const MAX_NESTED_LENGTH = 1024;

/** A text to look for, and whether its beginning alone is to be masked as well. */
interface Needle {
  readonly text: string;
  readonly prefixCounts: boolean;
}

/**
 * Replaces every known secret in a text, in any of the forms in which libraries print values.
 *
 * One pass over the text, whatever the number of secrets: a rolling window of four characters is looked up in a
 * 64 Ki-entry filter, and only where a secret could start is it compared. Overlapping finds are masked as one, so
 * that no secret survives by sharing characters with another.
 */
export class Masker {
  readonly #filter = new Uint8Array(1 << 16);
  readonly #needles = new Map<number, Needle[]>();
  readonly #known = new Set<string>();

  /**
   * Makes a value known for the rest of the process: a rotated secret stays masked. Values under
   * {@link MIN_MASKABLE_LENGTH} characters are ignored.
   */
  public add(secret: string): void {
    this.#learn(secret, MAX_DEPTH);
  }

  /** The text with every known secret, and everything with the shape of one, replaced by {@link MASK}. */
  public mask(text: string): string {
    return maskShapes(this.#maskKnown(text));
  }

  #learn(secret: string, depth: number): void {
    if (this.#known.has(secret) || secret.length < MIN_MASKABLE_LENGTH) return;
    this.#known.add(secret);
    const isUrl = secret.includes('://');
    for (const form of formsOf(secret)) this.#addNeedle({ text: form, prefixCounts: !isUrl });
    if (depth === 0) return;
    for (const part of [...piecesOf(secret), ...secretParts(secret)]) this.#learn(part, depth - 1);
  }

  #addNeedle(needle: Needle): void {
    if (needle.text.length < MIN_MASKABLE_LENGTH) return;
    const window = windowAt(needle.text, 0);
    const bucket = this.#needles.get(window) ?? [];
    if (bucket.some(({ text }) => text === needle.text)) return;
    bucket.push(needle);
    this.#needles.set(window, bucket);
    this.#filter[slotOf(window)] = 1;
  }

  #maskKnown(text: string): string {
    if (this.#needles.size === 0 || text.length < MIN_MASKABLE_LENGTH) return text;
    let masked = '';
    let shownTo = 0;
    let hiddenFrom = 0;
    let hiddenTo = 0;
    let window = windowAt(text, 0) >>> 8;
    for (let last = 3; last < text.length; last++) {
      window = ((window << 8) | (text.charCodeAt(last) & 0xff)) >>> 0;
      if (this.#filter[slotOf(window)] === 0) continue;
      const start = last - 3;
      const length = this.#lengthAt(window, text, start);
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

  /** How many characters from `start` belong to a secret. */
  #lengthAt(window: number, text: string, start: number): number {
    let longest = 0;
    for (const { text: needle, prefixCounts } of this.#needles.get(window) ?? []) {
      if (needle.length <= longest) continue;
      const common = commonLength(text, start, needle);
      if (common === needle.length || (prefixCounts && common >= TELLING_PREFIX)) {
        longest = Math.max(longest, common);
      }
    }
    return longest;
  }
}

function commonLength(text: string, start: number, needle: string): number {
  const limit = Math.min(needle.length, text.length - start);
  let length = 0;
  while (length < limit && text.charCodeAt(start + length) === needle.charCodeAt(length)) length++;
  return length;
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

/** The runs of a secret that every escaping leaves as they are: they show up whatever printed the rest. */
function piecesOf(secret: string): string[] {
  // oxlint-disable-next-line no-control-regex -- control characters are what escaping changes
  return secret.split(/["'`\\\u0000-\u001f\u007f-\uffff]+/).filter((piece) => !piece.startsWith('-----'));
}

/** How a value looks when it is printed raw or URL-, JSON-, inspect-, hex- or base64-encoded. */
function* formsOf(secret: string): Generator<string> {
  const bytes = Buffer.from(secret, 'utf8');
  yield secret;
  // A lone surrogate cannot be percent-encoded; UTF-8 writes it as U+FFFD.
  const wellFormed = bytes.toString('utf8');
  const json = JSON.stringify(secret).slice(1, -1);
  yield json;
  yield json.replaceAll('/', '\\/');
  yield json.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  yield* nestedForms(secret);
  yield inspect(secret, { maxStringLength: null, breakLength: Infinity }).slice(1, -1);
  const hex = bytes.toString('hex');
  yield hex;
  yield hex.toUpperCase();
  // As inspect shows a Buffer.
  yield hex.replaceAll(/..(?=.)/g, '$& ');
  const percent = encodeURIComponent(wellFormed);
  yield percent;
  yield percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  yield new URLSearchParams([['', secret]]).toString().slice(1);
  yield encodeURI(wellFormed);
  for (let offset = 0; offset < 3; offset++) {
    const encoded = alignedBase64(bytes, offset);
    yield encoded;
    yield encoded.replaceAll('+', '-').replaceAll('/', '_');
  }
}

/**
 * How a secret that escaping changes looks in JSON in JSON, in a body that inspect shows, and so on. One that
 * escaping leaves alone has no such forms.
 */
function* nestedForms(secret: string): Generator<string> {
  if (secret.length > MAX_NESTED_LENGTH) return;
  let inner: ReadonlySet<string> = new Set([secret]);
  for (let depth = 0; depth < MAX_NESTING; depth++) {
    const outer = new Set<string>();
    for (const text of inner) for (const quote of ['"', "'", '']) outer.add(escaped(text, quote));
    yield* outer;
    inner = outer;
  }
}

/** A text as it stands between these quotes in JSON or JavaScript. */
function escaped(text: string, quote: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what escaping changes
  return text.replaceAll(/["'\\\u0000-\u001f]/g, (character) => {
    if (character === quote) return `\\${character}`;
    return character === '"' || character === "'" ? character : JSON.stringify(character).slice(1, -1);
  });
}

/**
 * The characters of a base64 text that these bytes alone decide when they start `offset` bytes into a group of
 * three: a character at either end that shares bits with a neighbour is left out.
 */
function alignedBase64(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(start, end);
}

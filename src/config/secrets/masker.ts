import { atOnce, type Steps } from '../steps.js';
import { decodingsOf } from './encodings/decodings.js';
import { maskJson } from './mask-json.js';
import { type Findings, SecretIndex } from './secret-index.js';
import { type Secret, secretTexts } from './secret-texts.js';
import { MASK, maskShapes } from './sensitive.js';
import { MIN_MASKABLE_LENGTH } from './signs/weakness.js';
import { holds, maskStretches, merged } from './stretches.js';

/**
 * How many secrets are remembered that are in no configuration any more, and how many characters of them. A program
 * that writes a new one every minute would fill the memory with them; whatever still prints one after so many
 * rotations had it written down.
 */
export const MAX_SUPERSEDED = 1000;
export const MAX_SUPERSEDED_LENGTH = 8 * 1024 * 1024;

interface Known {
  isDeclared: boolean;
  value: unknown;
  /** What is looked for: whether it is telling, by its bytes. */
  readonly texts: Map<string, boolean>;
}

/**
 * Replaces every known secret in a text, in any of the forms in which libraries print values.
 *
 * The forms of a secret are without number, those of a text are few: what is encoded in the text is decoded, and the
 * secrets are looked for in the bytes. One pass over each, whatever the number of secrets. Overlapping finds are masked
 * as one, so that no secret survives by sharing characters with another.
 */
export class Masker {
  #index = new SecretIndex();
  /** The index that is being built to replace the other. */
  #next: SecretIndex | null = null;
  /** By text; those that were in use last come last. */
  readonly #known = new Map<string, Known>();
  /** What has the shape of a secret, and is declared to be none. */
  #permitted: readonly string[] = [];
  #length = 0;
  #maskedTexts = 0;

  /** How many texts have had something hidden in them so far. */
  public get maskedTexts(): number {
    return this.#maskedTexts;
  }

  /** Makes a value known: a rotated secret stays masked. One that is weak is ignored; see {@link weaknessOf}. */
  public add(secret: string | Secret): void {
    const { text, value, isDeclared = true } = typeof secret === 'string' ? { text: secret } : secret;
    const known = this.#known.get(text) ?? {
      isDeclared,
      value: undefined,
      texts: new Map<string, boolean>(),
    };
    const isNew = !this.#known.delete(text);
    this.#known.set(text, known);
    if (isNew) this.#length += text.length;
    const isMore = (isDeclared && !known.isDeclared) || (value !== undefined && value !== known.value);
    if (!isNew && !isMore) return;
    known.isDeclared ||= isDeclared;
    known.value = value ?? known.value;
    for (const { bytes, isTelling } of secretTexts({ text, value, isDeclared: known.isDeclared })) {
      known.texts.set(bytes, isTelling);
      look(this.#index, bytes, isTelling);
      if (this.#next !== null) look(this.#next, bytes, isTelling);
    }
  }

  /**
   * Makes every value in use known, and forgets the oldest of those that are not when they have become very many:
   * never one of the last {@link MAX_SUPERSEDED}, unless these are very long. What is `permitted` is shown as long as it
   * is not in use as a secret, too.
   */
  public follow(inUse: Iterable<string | Secret>, permitted: Iterable<string> = []): void {
    atOnce(this.following(inUse, permitted));
  }

  /** The same in steps. What was known stays masked between any two of them. */
  public *following(inUse: Iterable<string | Secret>, permitted: Iterable<string> = []): Steps<void> {
    const used = new Set<string>();
    let length = 0;
    for (const secret of inUse) {
      this.add(secret);
      const text = typeof secret === 'string' ? secret : secret.text;
      if (!used.has(text)) length += text.length;
      used.add(text);
      yield;
    }
    this.#permit([...permitted].filter((text) => !used.has(text)));
    const count = used.size;
    // Twice as many, because to forget is to build the index anew.
    const isMany = this.#known.size > count + 2 * MAX_SUPERSEDED;
    if (!isMany && this.#length <= length + 2 * MAX_SUPERSEDED_LENGTH) return;
    let [surplus, excess] = [
      this.#known.size - count - MAX_SUPERSEDED,
      this.#length - length - MAX_SUPERSEDED_LENGTH,
    ];
    for (const text of this.#known.keys()) {
      if (surplus-- <= 0 && excess <= 0) break;
      excess -= text.length;
      this.#length -= text.length;
      this.#known.delete(text);
    }
    // The old index serves until the new one is whole; what is added meanwhile is added to both.
    const next = new SecretIndex();
    this.#next = next;
    const known = [...this.#known.values()];
    for (const { texts } of known) {
      for (const [bytes, isTelling] of texts) look(next, bytes, isTelling);
      yield;
    }
    this.#index = next;
    this.#next = null;
  }

  /** The text with every known secret, and everything with the shape of one, replaced by {@link MASK}. */
  public mask(text: string): string {
    const masked = this.#maskShapes(this.#maskKnown(text));
    if (masked !== text) this.#maskedTexts++;
    return masked;
  }

  /** A copy of a JSON-able value, to be serialised, with every text in it masked. */
  public maskJson(value: unknown): unknown {
    return maskJson(value, (text) => this.mask(text));
  }

  #maskKnown(text: string): string {
    if (this.#index.isEmpty || text.length < MIN_MASKABLE_LENGTH) return text;
    const found: Findings = { wholes: [], blocks: [] };
    for (const view of decodingsOf(text)) this.#index.find(view, found);
    if (found.wholes.length + found.blocks.length === 0) return text;
    const hidden = merged(found.wholes);
    // A block of a secret that stands there whole, if only in another view, gives nothing else away.
    const runs = found.blocks.flatMap(({ at, run }) => (holds(hidden, at) ? [] : [run]));
    return maskStretches(text, [...hidden, ...runs], MASK);
  }

  #permit(texts: readonly string[]): void {
    this.#permitted = texts.filter((text) => maskShapes(text) !== text);
    let isKnown = false;
    for (const text of texts) {
      if (!this.#known.delete(text)) continue;
      this.#length -= text.length;
      isKnown = true;
    }
    if (!isKnown) return;
    this.#index = new SecretIndex();
    for (const { texts: forms } of this.#known.values()) {
      for (const [bytes, isTelling] of forms) look(this.#index, bytes, isTelling);
    }
  }

  /** Hides shapes around what is permitted, where that stands by itself and is no part of something longer. */
  #maskShapes(text: string): string {
    for (const permitted of this.#permitted) {
      const at = text.indexOf(permitted);
      if (at === -1) continue;
      const end = at + permitted.length;
      const isAlone = !/[\w-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(end));
      if (isAlone) return this.#maskShapes(text.slice(0, at)) + permitted + this.#maskShapes(text.slice(end));
    }
    return maskShapes(text);
  }
}

function look(index: SecretIndex, bytes: string, isTelling: boolean): void {
  index.addWhole(bytes);
  if (isTelling) index.addBlocks(bytes);
}

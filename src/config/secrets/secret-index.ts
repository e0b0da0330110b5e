import { endOfRun, placeOf, startOfRun, type View } from './encodings/view.js';
import { SortedTexts } from './sorted-texts.js';
import type { Stretch } from './stretches.js';

/** The fewest bytes that are looked for, and how many of them say where to look. */
const HEAD = 8;

/** How many bytes of a secret give it away; see {@link SecretIndex}. */
const TELLING_BYTES = 16;

/** Longer texts are found by their blocks only: to compare them whole at every place would take too long. */
const LONGEST_WHOLE = 4096;

const SMALLEST_FILTER = 1 << 16;
const SLOTS_PER_HEAD = 8;

/** What is known of a block: the length of the longest text it begins, and whether a text has it further inside. */
interface Block {
  longest: number;
  isInside: boolean;
}

/** What was found in the views of one text. */
export interface Findings {
  /** Where a whole secret stands. */
  readonly wholes: Stretch[];
  /** Where a block stands, and what is to be hidden unless it belongs to a whole. */
  readonly blocks: { readonly at: Stretch; readonly run: Stretch }[];
}

/**
 * Texts that are looked for whole, and by their blocks: their 1st, 2nd, 3rd … sixteen bytes. Where a block turns up
 * without the whole (a log cuts long values), the line is hidden from its beginning on; from the line's own, when the
 * block is not the first.
 *
 * That tells nothing to somebody who guesses. Fewer than sixteen bytes change nothing. A block changes something when all
 * of its bytes are right; what is hidden then is the same whatever stands beside it; and no two blocks overlap,
 * so that knowing one says nothing of the next.
 */
export class SecretIndex {
  #filter = new Uint8Array(SMALLEST_FILTER);
  #heads = 0;
  readonly #wholes = new Map<string, string | SortedTexts>();
  readonly #blocks = new Map<string, Block>();

  public get isEmpty(): boolean {
    return this.#heads === 0;
  }

  /** Looks for the whole of a text, in bytes, from now on. */
  public addWhole(bytes: string): void {
    if (bytes.length < HEAD || bytes.length > LONGEST_WHOLE) return;
    const head = bytes.slice(0, HEAD);
    const known = this.#wholes.get(head);
    if (known === undefined) {
      this.#wholes.set(head, bytes);
      this.#addHead(head);
    } else if (known instanceof SortedTexts) {
      known.add(bytes);
    } else if (known !== bytes) {
      const texts = new SortedTexts();
      texts.add(known);
      texts.add(bytes);
      this.#wholes.set(head, texts);
    }
  }

  /** Looks for the blocks of a text, in bytes, from now on. */
  public addBlocks(bytes: string): void {
    for (let from = 0; from + TELLING_BYTES <= bytes.length; from += TELLING_BYTES) {
      const text = bytes.slice(from, from + TELLING_BYTES);
      const known = this.#blocks.get(text);
      const block = known ?? { longest: 0, isInside: false };
      if (from === 0) block.longest = Math.max(block.longest, bytes.length);
      else block.isInside = true;
      if (known !== undefined) continue;
      this.#blocks.set(text, block);
      this.#addHead(text);
    }
  }

  /** Adds what a view holds to what was found in others of the same text. */
  public find(view: View, found: Findings): void {
    const { bytes } = view;
    const filter = this.#filter;
    const shift = shiftOf(filter);
    let hiddenTo = 0;
    let high = 0;
    let low = 0;
    for (let next = 0; next < bytes.length; next++) {
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | bytes.charCodeAt(next);
      if (filter[slotOf(high, low, shift)] === 0) continue;
      const start = next - HEAD + 1;
      if (start < 0) continue;
      const isHidden = start + TELLING_BYTES <= hiddenTo;
      const whole = this.#wholeAt(bytes, start);
      if (whole > 0) {
        found.wholes.push(placeOf(view, start, start + whole));
        hiddenTo = Math.max(hiddenTo, start + whole);
      }
      const block = this.#blocks.get(bytes.slice(start, start + TELLING_BYTES));
      // Of a secret that stands there whole, nothing else is to be hidden than itself.
      if (block === undefined || isHidden || (whole > 0 && whole >= block.longest)) continue;
      const from = block.isInside ? Math.max(hiddenTo, startOfRun(view, start)) : start;
      hiddenTo = Math.max(hiddenTo, endOfRun(view, start + TELLING_BYTES));
      found.blocks.push({
        at: placeOf(view, start, start + TELLING_BYTES),
        run: placeOf(view, from, hiddenTo),
      });
    }
  }

  #wholeAt(bytes: string, start: number): number {
    const known = this.#wholes.get(bytes.slice(start, start + HEAD));
    if (known === undefined) return 0;
    if (known instanceof SortedTexts) return known.longestAt(bytes, start);
    return bytes.startsWith(known, start) ? known.length : 0;
  }

  #addHead(text: string): void {
    this.#heads++;
    if (this.#heads * SLOTS_PER_HEAD > this.#filter.length) {
      this.#filter = new Uint8Array(this.#filter.length * SLOTS_PER_HEAD);
      for (const known of this.#wholes.keys()) this.#mark(known);
      for (const known of this.#blocks.keys()) this.#mark(known);
    }
    this.#mark(text);
  }

  #mark(text: string): void {
    let high = 0;
    let low = 0;
    for (let at = 0; at < HEAD / 2; at++) {
      high = (high << 8) | text.charCodeAt(at);
      low = (low << 8) | text.charCodeAt(at + HEAD / 2);
    }
    this.#filter[slotOf(high, low, shiftOf(this.#filter))] = 1;
  }
}

/** Fibonacci hashing: the upper bits of the product with 2^32 divided by the golden ratio. */
function slotOf(high: number, low: number, shift: number): number {
  return Math.imul(Math.imul(high, 0x85ebca6b) ^ low, 0x9e3779b1) >>> shift;
}

function shiftOf(filter: Uint8Array): number {
  return Math.clz32(filter.length) + 1;
}

/**
 * A text as bytes, and where in the text each byte stands. What was encoded stands there decoded, so that a secret is
 * looked for as it is, whatever printed it, and a length counts bytes of the secret and not characters of an encoding.
 */
export interface View {
  /** One character (U+0000 to U+00FF) a byte. */
  readonly bytes: string;
  /** Where in the text a byte starts; `null` where bytes and characters are the same. */
  readonly starts: Int32Array | null;
  /** Where in the text a byte ends. */
  readonly ends: Int32Array | null;
  /** In decoded bytes, what stands between those of one place and those of the next; `null` where lines are. */
  readonly gaps: readonly number[] | null;
  /** Which bytes are not as they are in the view this one was decoded from; `null` where all are new. */
  readonly changes: readonly number[] | null;
}

/** Whether the bytes from `from` up to, not including, `to` hold anything that the view before did not. */
export function isNews({ changes }: View, from: number, to: number): boolean {
  if (changes === null) return true;
  const change = changes[firstFrom(changes, from)];
  return change !== undefined && change < to;
}

/** Where the line ends, or the bytes that were encoded together. */
export function endOfRun({ bytes, gaps }: View, from: number): number {
  const end = gaps === null ? bytes.indexOf('\n', from) : gaps[firstFrom(gaps, from)];
  return end === undefined || end === -1 ? bytes.length : end;
}

/** Where the line begins, or the bytes that were encoded together. */
export function startOfRun({ bytes, gaps }: View, from: number): number {
  if (from === 0) return 0;
  return (gaps === null ? bytes.lastIndexOf('\n', from - 1) : (gaps[firstFrom(gaps, from) - 1] ?? -1)) + 1;
}

/** The place of the first number that is not below `least`. */
function firstFrom(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** UTF-8, one character a byte. */
export function bytesOf(text: string): string {
  // Texts in ASCII, nearly all, are their own bytes.
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The text itself, in UTF-8. */
export function viewOf(text: string): View {
  if (isAscii(text)) return { bytes: text, starts: null, ends: null, gaps: null, changes: null };
  const bytes = bytesOf(text);
  const starts = new Int32Array(bytes.length);
  const ends = new Int32Array(bytes.length);
  let at = 0;
  for (let start = 0; start < text.length;) {
    const code = text.codePointAt(start) ?? 0;
    const end = start + (code > 0xffff ? 2 : 1);
    for (const next = at + lengthInUtf8(code); at < next; at++) {
      starts[at] = start;
      ends[at] = end;
    }
    start = end;
  }
  return { bytes, starts, ends, gaps: null, changes: null };
}

/** Where in the text the bytes from `from` up to, not including, `to` stand. */
export function placeOf(view: View, from: number, to: number): readonly [start: number, end: number] {
  return [view.starts?.[from] ?? from, view.ends?.[to - 1] ?? to];
}

/** Writes a view of what another view decodes to; never longer than that one. */
export class ViewWriter {
  readonly #bytes: Buffer;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #gaps: number[] | null = null;
  #length = 0;

  /** `changes` collects where the written bytes differ from the source; `null` when all do. */
  public constructor(
    private readonly source: View,
    capacity: number,
    private readonly changes: number[] | null,
  ) {
    this.#bytes = Buffer.allocUnsafe(capacity);
    this.#starts = new Int32Array(capacity);
    this.#ends = new Int32Array(capacity);
  }

  /** Adds a byte that the source spells in its bytes from `from` up to, not including, `to`. */
  public push(byte: number, from: number, to: number): void {
    this.changes?.push(this.#length);
    this.#write(byte, from, to);
  }

  /** Adds a byte as it is in the source. */
  public keep(at: number): void {
    this.#write(this.source.bytes.charCodeAt(at), at, at + 1);
  }

  /** Adds a character in UTF-8. */
  public pushCodePoint(code: number, from: number, to: number): void {
    if (code < 0x80) {
      this.push(code, from, to);
      return;
    }
    // A lone surrogate has no bytes of its own: UTF-8 writes it as U+FFFD.
    const text = code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
    for (const byte of Buffer.from(text, 'utf8')) this.push(byte, from, to);
  }

  /** Ends the bytes of one place, which the next do not go on with. */
  public pushGap(at: number): void {
    this.#gaps ??= [];
    this.#gaps.push(this.#length);
    this.push(0x0a, at, at + 1);
  }

  public view(): View {
    return {
      bytes: this.#bytes.toString('latin1', 0, this.#length),
      starts: this.#starts,
      ends: this.#ends,
      gaps: this.#gaps,
      changes: this.changes,
    };
  }

  #write(byte: number, from: number, to: number): void {
    const at = this.#length++;
    this.#bytes[at] = byte;
    this.#starts[at] = this.source.starts?.[from] ?? from;
    this.#ends[at] = this.source.ends?.[to - 1] ?? to;
  }
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') === text.length;
}

function lengthInUtf8(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code > 0xffff ? 4 : 3;
}

import type { LineFault } from '../faults/faults.js';

/** What the scanner found in a text: every assignment, and everything dotenv would drop or misread. */
export interface Scan {
  /** The keys of the sound assignments in the order of the text; one that is assigned twice stands here twice. */
  readonly keys: readonly string[];
  /** The line of each of `keys`, from 1. */
  readonly lines: readonly number[];
  /** Where each of those assignments starts and ends in the text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly faults: readonly LineFault[];
  /** The keys of assignments that have a fault: set, but nobody knows to what. */
  readonly doubtful: ReadonlySet<string>;
  /** Whether everything was read. An open quote ends the reading: what stands below it may be inside or outside. */
  readonly complete: boolean;
  readonly cut: readonly CutValue[];
}

/** An unquoted value that ends at a `#` that may have been meant as part of it. */
export interface CutValue {
  readonly key: string;
  readonly line: number;
}

/** Enough to mend any `.env`; a file with more is some other file. Bounds memory on a 4 MiB binary. */
export const MAX_FAULTS = 1000;

const NEWLINE = 10;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const COLON = 58;
const EQUALS = 61;
const BACKSLASH = 92;
const BACKTICK = 96;

/** The characters dotenv takes into a key: `[\w.-]`. */
const KEY_CHARACTER = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-') {
  KEY_CHARACTER[character.charCodeAt(0)] = 1;
}

/**
 * A line inside a quoted value that was surely meant as an assignment. Nothing but "=" after the key is the padding
 * of a base64 line in a PEM block.
 */
const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=(?!=*\s*$)/;

/** Keys dotenv reads and then loses, because they mean something else on a plain object. */
const LOST_KEYS: ReadonlySet<string> = new Set(['__proto__']);

/** White space as `\s` and dotenv have it, within a line. */
function isBlank(code: number): boolean {
  if (code <= 32) return code === 32 || code === 9 || (code >= 11 && code <= 13);
  if (code < 160) return false;
  return (
    code === 160 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

function isQuote(code: number): boolean {
  return code === DOUBLE_QUOTE || code === SINGLE_QUOTE || code === BACKTICK;
}

/**
 * Reads a text (line breaks are `\n` only) line by line as dotenv's fast parser would, and reports every place
 * where that parser would silently do something else than what the text says. When there is no fault, the keys are
 * those dotenv finds. Linear in the length of the text.
 */
export function scan(text: string): Scan {
  return new Scanner(text).run();
}

class Scanner {
  readonly #text: string;
  readonly #keys: string[] = [];
  readonly #lines: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #doubtful = new Set<string>();
  #complete = true;
  readonly #faults: LineFault[] = [];
  readonly #cut: CutValue[] = [];
  #line = 0;
  #position = 0;
  /** Where the next `#` is, at or after any position asked for since; found once, not once a line. */
  #hash = -1;

  public constructor(text: string) {
    this.#text = text;
  }

  public run(): Scan {
    this.#findForbidden('\0', 'nul');
    this.#findForbidden('\u2028', 'line-separator');
    this.#findForbidden('\u2029', 'line-separator');
    while (this.#position < this.#text.length) {
      this.#line++;
      const newline = this.#text.indexOf('\n', this.#position);
      const end = newline === -1 ? this.#text.length : newline;
      this.#position = this.#scanLine(this.#position, end);
      if (this.#faults.length >= MAX_FAULTS) {
        this.#faults.push({ kind: 'too-many-faults', line: this.#line });
        this.#complete = false;
      }
      if (!this.#complete) break;
    }
    return {
      keys: this.#keys,
      lines: this.#lines,
      starts: this.#starts,
      ends: this.#ends,
      faults: this.#faults,
      doubtful: this.#doubtful,
      complete: this.#complete,
      cut: this.#cut,
    };
  }

  /** Characters that no line may hold, wherever they stand. */
  #findForbidden(character: string, kind: 'nul' | 'line-separator'): void {
    let line = 1;
    let counted = 0;
    let at = this.#text.indexOf(character);
    while (at !== -1 && this.#faults.length < MAX_FAULTS) {
      line += countNewlines(this.#text, counted, at);
      counted = at;
      this.#faults.push({ kind, line });
      const lineEnd = this.#text.indexOf('\n', at);
      at = lineEnd === -1 ? -1 : this.#text.indexOf(character, lineEnd);
    }
  }

  /** Scans the assignment, comment or blank between two positions; returns where the next line starts. */
  #scanLine(start: number, end: number): number {
    const text = this.#text;
    let at = this.#skipBlanks(start, end);
    if (at === end || text.charCodeAt(at) === HASH) return end + 1;

    if (text.startsWith('export', at) && isBlank(text.charCodeAt(at + 6))) {
      const afterExport = this.#skipBlanks(at + 6, end);
      if (afterExport < end && isKeyCharacter(text.charCodeAt(afterExport))) at = afterExport;
    }
    const keyEnd = this.#skipKey(at, end);
    const separator = this.#skipBlanks(keyEnd, end);
    const code = separator < end ? text.charCodeAt(separator) : 0;
    let valueStart: number;
    if (code === EQUALS) {
      valueStart = separator + 1;
    } else if (code === COLON && separator === keyEnd && isBlank(text.charCodeAt(keyEnd + 1))) {
      valueStart = keyEnd + 2;
    } else {
      const equals = text.indexOf('=', separator);
      const kind = equals !== -1 && equals < end ? 'invalid-key' : 'not-an-assignment';
      this.#faults.push({ kind, line: this.#line });
      return end + 1;
    }

    const key = text.slice(at, keyEnd);
    if (key === '' || LOST_KEYS.has(key)) {
      this.#faults.push({ kind: 'invalid-key', line: this.#line });
      return end + 1;
    }
    const line = this.#line;
    const faults = this.#faults.length;
    const next = this.#scanValue(key, valueStart, end);
    if (this.#faults.length > faults) {
      this.#doubtful.add(key);
    } else {
      this.#keys.push(key);
      this.#lines.push(line);
      this.#starts.push(start);
      this.#ends.push(next - 1);
    }
    return next;
  }

  #scanValue(key: string, valueStart: number, end: number): number {
    const text = this.#text;
    const at = this.#skipBlanks(valueStart, end);
    if (at === end) {
      // dotenv looks for an opening quote beyond the end of the line.
      let next = end;
      while (next < text.length && (isBlank(text.charCodeAt(next)) || text.charCodeAt(next) === NEWLINE)) {
        next++;
      }
      if (isQuote(text.charCodeAt(next))) {
        this.#faults.push({ kind: 'value-on-next-line', line: this.#line, key });
      }
      return end + 1;
    }
    if (isQuote(text.charCodeAt(at))) return this.#scanQuoted(key, at, end);

    const hash = this.#nextHash(at);
    if (hash < end && this.#looksCut(hash, valueStart, end)) this.#cut.push({ key, line: this.#line });
    return end + 1;
  }

  #scanQuoted(key: string, open: number, end: number): number {
    const text = this.#text;
    const quote = text.charAt(open);
    const line = this.#line;
    let close = text.indexOf(quote, open + 1);
    while (close !== -1 && text.charCodeAt(close - 1) === BACKSLASH) close = text.indexOf(quote, close + 1);
    const newline = close === -1 ? -1 : text.indexOf('\n', close);
    const closeEnd = newline === -1 ? text.length : newline;
    const after = close === -1 ? closeEnd : this.#skipBlanks(close + 1, closeEnd);
    const trailing = after < closeEnd && text.charCodeAt(after) !== HASH;
    if (close !== -1 && close < end) {
      if (trailing) this.#faults.push({ kind: 'text-after-quote', line, key });
      return end + 1;
    }
    const inner = close === -1 ? [] : text.slice(end + 1, close).split('\n');
    const swallowed = inner.flatMap((innerLine, index) => {
      const assigned = ASSIGNMENT.exec(innerLine)?.[1];
      return assigned === undefined ? [] : [{ key: assigned, line: line + 1 + index }];
    });
    const [first] = swallowed;
    if (close === -1 || trailing || first !== undefined) {
      if (this.#endsInEscapedQuote(quote, open, end)) {
        this.#faults.push({ kind: 'escaped-closing-quote', line, key });
        return end + 1;
      }
      if (close === -1 || trailing || first === undefined) {
        this.#faults.push({ kind: 'unterminated-quote', line, key });
        this.#complete = false;
        return text.length;
      }
      this.#faults.push({ kind: 'swallowed-assignment', line, key, swallowedLine: first.line });
      for (const { key: inside } of swallowed) this.#doubtful.add(inside);
    }
    this.#line += inner.length;
    return closeEnd + 1;
  }

  /** Whether the last thing on the line, but for a comment, is a quote that a backslash keeps from closing the value. */
  #endsInEscapedQuote(quote: string, open: number, end: number): boolean {
    const last = this.#text.lastIndexOf(`\\${quote}`, end - 1);
    if (last <= open || last + 1 >= end) return false;
    const after = this.#skipBlanks(last + 2, end);
    return after === end || this.#text.charCodeAt(after) === HASH;
  }

  /** `A=a#b` and `A=#fff` are cut where nobody who knows shells expects it; `A=a # b` and `A= # b` are comments. */
  #looksCut(hash: number, valueStart: number, end: number): boolean {
    if (hash === valueStart) return hash + 1 < end && !isBlank(this.#text.charCodeAt(hash + 1));
    return !isBlank(this.#text.charCodeAt(hash - 1));
  }

  #nextHash(from: number): number {
    if (this.#hash < from) {
      const found = this.#text.indexOf('#', from);
      this.#hash = found === -1 ? this.#text.length : found;
    }
    return this.#hash;
  }

  #skipBlanks(from: number, end: number): number {
    let at = from;
    while (at < end && isBlank(this.#text.charCodeAt(at))) at++;
    return at;
  }

  #skipKey(from: number, end: number): number {
    let at = from;
    while (at < end && isKeyCharacter(this.#text.charCodeAt(at))) at++;
    return at;
  }
}

function isKeyCharacter(code: number): boolean {
  return code < 128 && KEY_CHARACTER[code] === 1;
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

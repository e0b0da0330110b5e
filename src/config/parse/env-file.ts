import { isUtf8 } from 'node:buffer';

import { parse } from 'dotenv';

import type { Fault, LineFault } from '../faults/config-error.js';
import { type CutValue, MAX_FAULTS, scan } from './scanner.js';

/** What a well-formed `.env` says. */
export interface EnvFile {
  /** Key → value, exactly as dotenv reads it. */
  readonly values: Readonly<Record<string, string>>;
  /** The keys in the order of the file; each is one of `values`. */
  readonly keys: readonly string[];
  /** The line of each of `keys`, from 1. */
  readonly lines: readonly number[];
  /** The values that dotenv cuts at a `#` that may have been meant as part of them. */
  readonly cut: readonly CutValue[];
}

/** A parse ends in a file or in every fault found in it, never in both. */
export type ParseResult =
  | { readonly file: EnvFile; readonly faults?: never }
  | { readonly file?: never; readonly faults: readonly Fault[] };

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Parses the bytes of a `.env` strictly. dotenv decides what the values are; in front of it stands a scanner that
 * refuses everything dotenv would drop or misread without a word. Linear in the size of the file.
 */
export function parseEnvFile(bytes: Buffer): ParseResult {
  if (!isUtf8(bytes)) return { faults: invalidUtf8(bytes) };
  const text = withoutCarriageReturns(bytes.toString('utf8'));
  if (text.trim() === '') return { faults: [{ kind: 'blank' }] };

  const { keys, lines, faults, cut } = scan(text);
  if (faults.length === 0) {
    // The default parser is quadratic on runs of blank lines; `fast` is not.
    const values = parse(text, { fast: true });
    const names = Object.keys(values);
    if (isSame(names, keys)) return { file: { values, keys: names, lines, cut } };
    if (isSame(names.toSorted(), keys.toSorted())) return { file: { values, keys, lines, cut } };
  }
  const all = [...faults, ...duplicates(keys, lines)].toSorted((a, b) => a.line - b.line);
  return { faults: all.length > 0 ? bounded(all) : [{ kind: 'parsers-disagree' }] };
}

/** No more faults than anybody reads. */
function bounded(faults: readonly LineFault[]): readonly LineFault[] {
  const next = faults[MAX_FAULTS];
  if (next === undefined) return faults;
  return [...faults.slice(0, MAX_FAULTS), { kind: 'too-many-faults', line: next.line }];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

function duplicates(keys: readonly string[], lines: readonly number[]): LineFault[] {
  const firstLines = new Map<string, number>();
  const faults: LineFault[] = [];
  for (const [index, key] of keys.entries()) {
    if (faults.length > MAX_FAULTS) break;
    const line = lines[index] ?? 0;
    const firstLine = firstLines.get(key);
    if (firstLine === undefined) firstLines.set(key, line);
    else faults.push({ kind: 'duplicate-key', line, key, firstLine });
  }
  return faults;
}

function withoutCarriageReturns(text: string): string {
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  return content.includes('\r') ? content.replace(/\r\n?/g, '\n') : content;
}

function invalidUtf8(bytes: Buffer): readonly Fault[] {
  const faults: LineFault[] = [];
  let start = 0;
  for (let line = 1; start <= bytes.length && faults.length <= MAX_FAULTS; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) faults.push({ kind: 'invalid-utf8', line });
    start = end + 1;
  }
  return bounded(faults);
}

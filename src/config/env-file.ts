import { isUtf8 } from 'node:buffer';

import { parse } from 'dotenv';

import type { Fault } from './errors.js';
import { scan } from './scanner.js';

/** What a well-formed `.env` says. */
export interface EnvFile {
  /** Key → value, exactly as dotenv reads it. */
  readonly values: Readonly<Record<string, string>>;
  /** Key → the line it stands on, from 1. */
  readonly lines: ReadonlyMap<string, number>;
  /** Keys whose unquoted value dotenv cuts at a `#` that may have been meant as part of it. */
  readonly cut: readonly string[];
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

  const { lines, faults, cut } = scan(text);
  if (faults.length > 0) return { faults };

  // The default parser is quadratic on runs of blank lines; `fast` is not.
  const values = parse(text, { fast: true });
  const disagreements = compareKeys(values, lines);
  return disagreements.length > 0 ? { faults: disagreements } : { file: { values, lines, cut } };
}

/** Both parsers must have found the same keys; that they do is property-tested, and a new dotenv may not. */
function compareKeys(values: Record<string, string>, lines: ReadonlyMap<string, number>): Fault[] {
  const keys = Object.keys(values);
  if (keys.length === lines.size && keys.every((key) => lines.has(key))) return [];
  const unknown = keys.filter((key) => !lines.has(key)).map((key) => ({ key, line: null }));
  const lost = [...lines]
    .filter(([key]) => !Object.hasOwn(values, key))
    .map(([key, line]) => ({ key, line }));
  return [...unknown, ...lost].map(({ key, line }) => ({ kind: 'parsers-disagree', key, line }));
}

function withoutCarriageReturns(text: string): string {
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  return content.includes('\r') ? content.replace(/\r\n?/g, '\n') : content;
}

function invalidUtf8(bytes: Buffer): Fault[] {
  const faults: Fault[] = [];
  let start = 0;
  for (let line = 1; start <= bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) faults.push({ kind: 'invalid-utf8', line });
    start = end + 1;
  }
  return faults;
}

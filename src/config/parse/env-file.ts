import { isUtf8 } from 'node:buffer';

import { parse } from 'dotenv';

import type { Fault, LineFault } from '../faults/faults.js';
import { decode } from './encoding.js';
import { type CutValue, MAX_FAULTS, type Scan, scan } from './scanner.js';

/** What a `.env` says, as far as it can be read, and everything wrong with it. */
export interface EnvFile {
  /** Key → value, exactly as dotenv reads it, of every sound assignment. */
  readonly values: Readonly<Record<string, string>>;
  /** The keys in the order of the file, each once; each is one of `values`. */
  readonly keys: readonly string[];
  /** The line of each of `keys`, from 1. */
  readonly lines: readonly number[];
  /** The values that dotenv cuts at a `#` that may have been meant as part of them. */
  readonly cut: readonly CutValue[];
  /** Keys that are assigned the same value more than once. */
  readonly repeated: readonly RepeatedKey[];
  readonly faults: readonly Fault[];
  /** Keys that a faulty line assigns: set, but nobody knows to what. */
  readonly doubtful: ReadonlySet<string>;
  /** Whether everything was read, so that a key that is not here is not set. */
  readonly complete: boolean;
}

export interface RepeatedKey {
  readonly key: string;
  readonly line: number;
  readonly firstLine: number;
}

const NOTHING: EnvFile = {
  values: {},
  keys: [],
  lines: [],
  cut: [],
  repeated: [],
  faults: [],
  doubtful: new Set(),
  complete: true,
};

/** A file that is not there, which is allowed at the start only. */
export const NO_FILE = NOTHING;

/**
 * Parses the bytes of a `.env` strictly. dotenv decides what the values are; in front of it stands a scanner that
 * refuses everything dotenv would drop or misread without a word. Linear in the size of the file.
 */
export function parseEnvFile(bytes: Buffer): EnvFile {
  const { text, fault } = decode(bytes);
  if (fault !== undefined) return { ...NOTHING, faults: [fault], complete: false };
  if (text.trim() === '') return { ...NOTHING, faults: [{ kind: 'blank' }], complete: false };

  const scanned = scan(text);
  const encodingFaults = isUtf8(bytes) ? [] : invalidLines(bytes);
  if (scanned.faults.length === 0 && encodingFaults.length === 0) {
    // The default parser is quadratic on runs of blank lines; `fast` is not.
    const values = parse(text, { fast: true });
    const keys = Object.keys(values);
    if (isSame(keys, scanned.keys))
      return { ...NOTHING, values, keys, lines: scanned.lines, cut: scanned.cut };
  }
  return parseAround(text, scanned, encodingFaults);
}

/** The slower way, for a file that has faults, keys that stand there twice, or keys that objects put in another order. */
function parseAround(text: string, scanned: Scan, encodingFaults: readonly LineFault[]): EnvFile {
  const broken = new Set(encodingFaults.map(({ line }) => line));
  const faults: LineFault[] = [...encodingFaults, ...scanned.faults.filter(({ line }) => !broken.has(line))];
  const faultyLines = new Set(faults.map(({ line }) => line));
  const doubtful = new Set(scanned.doubtful);
  const places = new Map<string, { line: number; index: number }>();
  const repeated: RepeatedKey[] = [];
  const textOf = (index: number): string => text.slice(scanned.starts[index], scanned.ends[index]);
  for (const [index, key] of scanned.keys.entries()) {
    const line = scanned.lines[index] ?? 0;
    const first = places.get(key);
    if (faultyLines.has(line)) {
      doubtful.add(key);
    } else if (first === undefined) {
      places.set(key, { line, index });
    } else if (valueIn(textOf(first.index), key) === valueIn(textOf(index), key)) {
      repeated.push({ key, line, firstLine: first.line });
    } else {
      if (faults.length - scanned.faults.length <= MAX_FAULTS)
        faults.push({ kind: 'duplicate-key', line, key, firstLine: first.line });
      doubtful.add(key);
    }
  }
  for (const key of doubtful) places.delete(key);

  const values = parse([...places.values()].map(({ index }) => textOf(index)).join('\n'), { fast: true });
  const agreed = isSame(Object.keys(values).toSorted(), [...places.keys()].toSorted());
  return {
    values,
    keys: agreed ? [...places.keys()] : [],
    lines: agreed ? Array.from(places.values(), ({ line }) => line) : [],
    cut: scanned.cut,
    repeated,
    faults: agreed ? bounded(faults) : [{ kind: 'parsers-disagree' }, ...bounded(faults)],
    doubtful,
    complete: scanned.complete && agreed,
  };
}

function valueIn(assignment: string, key: string): string | undefined {
  return parse(assignment, { fast: true })[key];
}

/** In the order of the lines, and no more than anybody reads. */
function bounded(faults: readonly LineFault[]): readonly LineFault[] {
  const ordered = faults.toSorted((a, b) => a.line - b.line);
  const next = ordered[MAX_FAULTS];
  if (next === undefined) return ordered;
  return [...ordered.slice(0, MAX_FAULTS), { kind: 'too-many-faults', line: next.line }];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** The lines that are not valid UTF-8. */
function invalidLines(bytes: Buffer): LineFault[] {
  const faults: LineFault[] = [];
  let start = 0;
  for (let line = 1; start <= bytes.length && faults.length <= MAX_FAULTS; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) faults.push({ kind: 'invalid-utf8', line });
    start = end + 1;
  }
  return faults;
}

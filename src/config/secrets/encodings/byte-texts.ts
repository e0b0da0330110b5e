import type { Stretch } from '../stretches.js';
import { isNews, type View, ViewWriter } from './view.js';

/** Encodings of bytes are looked for from this many bytes on, the fewest that a secret has. */
const FEWEST_BYTES = 8;
const FEWEST_HEX_DIGITS = 2 * FEWEST_BYTES;
const FEWEST_BASE64_DIGITS = Math.ceil((FEWEST_BYTES * 8) / 6);

const NONE = 0xff;
const HEX_DIGITS = digitsOf('0123456789abcdef', '0123456789ABCDEF');
const BASE64_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE64_DIGITS = digitsOf(`${BASE64_LETTERS}+/`, `${BASE64_LETTERS}-_`);
/** What stands between bytes: `61 62`, `61:62`, `0x61, 0x62`, a dump's groups and lines. */
const SEPARATORS = setOf(' \t\r\n:,-');
const DECIMAL_SEPARATORS = setOf(' \t\r\n,');
const LINE_BREAKS = setOf('\r\n');

/** A stretch that is written in the digits of an encoding, and how many of them it has. */
interface Run {
  readonly start: number;
  readonly end: number;
  readonly digits: number;
}

/**
 * The bytes of everything in hexadecimal, with or without something between the digits. An odd digit may stand in front
 * of them, hence two views.
 */
export function* fromHex(view: View): Generator<View> {
  const runs = newsIn(view, hexRuns(view.bytes));
  if (runs.length === 0) return;
  for (const phase of [0, 1]) {
    const writer = new ViewWriter(view, capacityOf(runs), null);
    for (const run of runs) decodeHex(view.bytes, run, phase, writer);
    yield writer.view();
  }
}

function decodeHex(bytes: string, { start, end }: Run, phase: number, writer: ViewWriter): void {
  let left = phase;
  let highAt = -1;
  for (let at = start; at < end; at++) {
    const low = digitAt(HEX_DIGITS, bytes, at);
    if (low === NONE || isHexPrefix(bytes, at + 1) || left-- > 0) continue;
    left = 0;
    if (highAt === -1) {
      highAt = at;
      continue;
    }
    const byteEnd = at + 1 === end ? endOfDump(bytes, end) : at + 1;
    writer.push(digitAt(HEX_DIGITS, bytes, highAt) * 16 + low, highAt, byteEnd);
    highAt = -1;
  }
  writer.pushGap(end - 1);
}

/** Behind the last byte that `inspect` shows it says how many more there are. */
function endOfDump(bytes: string, end: number): number {
  return end + (/^ \.\.\. \d{1,10} more bytes?/.exec(bytes.slice(end, end + 32))?.[0].length ?? 0);
}

function* hexRuns(bytes: string): Generator<Run> {
  let [start, end, digits] = [0, 0, 0];
  for (let at = 0; at <= bytes.length; at++) {
    const code = at < bytes.length ? bytes.charCodeAt(at) : 0;
    if (HEX_DIGITS[code] !== NONE) {
      if (digits++ === 0) start = at;
      end = at + 1;
    } else if (digits > 0 && SEPARATORS[code] === 0 && !isHexPrefix(bytes, at)) {
      if (digits >= FEWEST_HEX_DIGITS) yield { start, end, digits };
      digits = 0;
    }
  }
}

/** The `x` of `0x`. */
function isHexPrefix(bytes: string, at: number): boolean {
  return (bytes.charCodeAt(at) | 0x20) === 0x78 && bytes.charCodeAt(at - 1) === 0x30;
}

/** The bytes of lists of numbers, as JSON and `inspect` show a Buffer. */
export function* fromDecimals(view: View): Generator<View> {
  const { bytes } = view;
  let writer: ViewWriter | undefined;
  for (const [start, end] of decimalRuns(bytes)) {
    if (!isNews(view, start, end)) continue;
    writer ??= new ViewWriter(view, bytes.length, null);
    for (const { index, 0: number } of bytes.slice(start, end).matchAll(/\d+/g)) {
      writer.push(Number(number) & 0xff, start + index, start + index + number.length);
    }
    writer.pushGap(end - 1);
  }
  if (writer !== undefined) yield writer.view();
}

function* decimalRuns(bytes: string): Generator<Stretch> {
  let start = 0;
  let numbers = 0;
  let isInside = false;
  for (let at = 0; at <= bytes.length; at++) {
    const code = at < bytes.length ? bytes.charCodeAt(at) : 0;
    if (isDecimal(code)) {
      if (!isInside && numbers++ === 0) start = at;
      isInside = true;
      continue;
    }
    isInside = false;
    if (DECIMAL_SEPARATORS[code] === 1) continue;
    if (numbers >= FEWEST_BYTES) yield [start, at];
    numbers = 0;
  }
}

function isDecimal(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/**
 * The bytes of everything in base64, of both alphabets and over line breaks. Where a group of four starts is not to be
 * seen when something stands in front of it, hence four views.
 */
export function* fromBase64(view: View): Generator<View> {
  const runs = newsIn(view, base64Runs(view.bytes));
  if (runs.length === 0) return;
  for (let phase = 0; phase < 4; phase++) {
    const writer = new ViewWriter(view, capacityOf(runs), null);
    for (const run of runs) decodeBase64(view.bytes, run, phase, writer);
    yield writer.view();
  }
}

function decodeBase64(bytes: string, { start, end }: Run, phase: number, writer: ViewWriter): void {
  let left = phase;
  let bits = 0;
  let held = 0;
  let before = start;
  for (let at = start; at < end; at++) {
    const digit = digitAt(BASE64_DIGITS, bytes, at);
    if (digit === NONE || left-- > 0) continue;
    left = 0;
    held = ((held << 6) | digit) & 0x3fff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      writer.push((held >>> bits) & 0xff, before, at + 1 === end ? endOfPadding(bytes, end) : at + 1);
    }
    before = at;
  }
  writer.pushGap(end - 1);
}

/** Padding belongs to the last byte: it tells how long the secret is. */
function endOfPadding(bytes: string, end: number): number {
  return end + (bytes.startsWith('==', end) ? 2 : Number(bytes.startsWith('=', end)));
}

function* base64Runs(bytes: string): Generator<Run> {
  let [start, end, digits] = [0, 0, 0];
  for (let at = 0; at <= bytes.length; at++) {
    const code = at < bytes.length ? bytes.charCodeAt(at) : 0;
    if (BASE64_DIGITS[code] !== NONE) {
      if (digits++ === 0) start = at;
      end = at + 1;
    } else if (digits > 0 && LINE_BREAKS[code] === 0) {
      if (digits >= FEWEST_BASE64_DIGITS) yield { start, end, digits };
      digits = 0;
    }
  }
}

/** Those that the view before did not have. */
function newsIn(view: View, runs: Iterable<Run>): Run[] {
  return [...runs].filter(({ start, end }) => isNews(view, start, end));
}

/** At most a byte for every digit, which leaves room for the gaps. */
function capacityOf(runs: readonly Run[]): number {
  let capacity = 0;
  for (const { digits } of runs) capacity += digits;
  return capacity;
}

function digitAt(values: Uint8Array, bytes: string, at: number): number {
  return values[bytes.charCodeAt(at)] ?? NONE;
}

/** For each byte, the place it has in the alphabets, or {@link NONE}. */
function digitsOf(...alphabets: readonly string[]): Uint8Array {
  const values = new Uint8Array(256).fill(NONE);
  for (const alphabet of alphabets) {
    for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  }
  return values;
}

function setOf(characters: string): Uint8Array {
  const members = new Uint8Array(256);
  for (const character of characters) members[character.charCodeAt(0)] = 1;
  return members;
}

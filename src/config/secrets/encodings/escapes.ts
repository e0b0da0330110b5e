import { type View, ViewWriter } from './view.js';

/** How a text is escaped, undone once: `null` where a view has nothing to undo. */
export type Unescape = (view: View) => View | null;

/** Percent encoding in any case, and whatever a library chooses to encode. */
export function withoutPercent(view: View): View | null {
  if (!/%[\da-f]{2}/i.test(view.bytes)) return null;
  return unescaped(view, '%', percentAt);
}

/** A form's encoding: percent encoding, and `+` for a space. */
export function withoutForm(view: View): View | null {
  if (!view.bytes.includes('+')) return null;
  return unescaped(view, '%+', (bytes, at, writer) => {
    if (bytes[at] !== '+') return percentAt(bytes, at, writer);
    writer.push(0x20, at, at + 1);
    return 1;
  });
}

/** The escapes of JSON, JavaScript, `inspect` and a shell. */
export function withoutBackslashes(view: View): View | null {
  return view.bytes.includes('\\') ? unescaped(view, '\\', backslashAt) : null;
}

/** HTML's and XML's references to characters. */
export function withoutEntities(view: View): View | null {
  return /&[#a-z]/i.test(view.bytes) ? unescaped(view, '&', entityAt) : null;
}

/**
 * Reads the escape at a place, writes what it stands for, and returns how many bytes it fills; 0 where there is none.
 */
type EscapeReader = (bytes: string, at: number, writer: ViewWriter) => number;

function unescaped(view: View, marks: string, read: EscapeReader): View {
  const { bytes } = view;
  const writer = new ViewWriter(view, bytes.length, []);
  for (let at = 0; at < bytes.length;) {
    const length = marks.includes(bytes.charAt(at)) ? read(bytes, at, writer) : 0;
    if (length === 0) writer.keep(at);
    at += length === 0 ? 1 : length;
  }
  return writer.view();
}

function percentAt(bytes: string, at: number, writer: ViewWriter): number {
  const byte = hexAt(bytes, at + 1, 2);
  if (byte < 0) return 0;
  writer.push(byte, at, at + 3);
  return 3;
}

/** What a letter behind a backslash stands for. */
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['b', 8],
  ['f', 12],
  ['v', 11],
  ['0', 0],
]);

function backslashAt(bytes: string, at: number, writer: ViewWriter): number {
  const mark = bytes.charAt(at + 1);
  if (mark === 'x' || mark === 'u') return codeAt(bytes, at, writer);
  const control = CONTROLS.get(mark);
  // Letters that stand for nothing keep their backslash; marks are quoted by theirs.
  if (control === undefined && !/[\s!-/:-@[-`{-~]/.test(mark)) return 0;
  writer.push(control ?? mark.charCodeAt(0), at, at + 2);
  return 2;
}

/** `\xFC`, `\u00fc`, `\ud83d\ude00`, `\u{1f600}`. */
function codeAt(bytes: string, at: number, writer: ViewWriter): number {
  if (bytes.charAt(at + 2) === '{') {
    const [all, digits = ''] = /^\{([\da-f]{1,6})\}/i.exec(bytes.slice(at + 2, at + 10)) ?? [''];
    if (all === '') return 0;
    writer.pushCodePoint(Number.parseInt(digits, 16), at, at + 2 + all.length);
    return 2 + all.length;
  }
  const length = bytes.charAt(at + 1) === 'x' ? 4 : 6;
  const unit = hexAt(bytes, at + 2, length - 2);
  if (unit < 0) return 0;
  const next = bytes.startsWith('\\u', at + 6) ? hexAt(bytes, at + 8, 4) : -1;
  const pair = String.fromCharCode(unit, Math.max(next, 0)).codePointAt(0) ?? unit;
  const size = pair > 0xffff ? 12 : length;
  writer.pushCodePoint(pair, at, at + size);
  return size;
}

/** The references that escaping writes: others stand for characters it leaves alone. */
const ENTITIES: ReadonlyMap<string, number> = new Map([
  ['amp', 0x26],
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['quot', 0x22],
  ['apos', 0x27],
  ['grave', 0x60],
  ['equals', 0x3d],
  ['sol', 0x2f],
  ['plus', 0x2b],
  ['nbsp', 0xa0],
]);

function entityAt(bytes: string, at: number, writer: ViewWriter): number {
  const found = /^&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/i.exec(bytes.slice(at, at + 11));
  if (found === null) return 0;
  const [all, decimal, hex, name = ''] = found;
  const code =
    hex === undefined && decimal === undefined
      ? ENTITIES.get(name.toLowerCase())
      : Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16);
  if (code === undefined) return 0;
  writer.pushCodePoint(code, at, at + all.length);
  return all.length;
}

/** The number that hexadecimal digits spell; -1 where there are not so many. */
function hexAt(bytes: string, at: number, length: number): number {
  if (at + length > bytes.length) return -1;
  let value = 0;
  for (let digit = at; digit < at + length; digit++) {
    const code = bytes.charCodeAt(digit) | 0x20;
    if (code >= 0x30 && code <= 0x39 && bytes.charCodeAt(digit) < 0x40) value = value * 16 + code - 0x30;
    else if (code >= 0x61 && code <= 0x66) value = value * 16 + code - 0x57;
    else return -1;
  }
  return value;
}

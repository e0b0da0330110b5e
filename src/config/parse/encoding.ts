import type { FileFault } from '../faults/faults.js';

const BYTE_ORDER_MARK = '\uFEFF';

/** The first bytes of texts in other encodings, the longer before those they begin with. */
const OTHER_ENCODINGS: readonly (readonly [string, readonly number[]])[] = [
  ['UTF-32', [0xff, 0xfe, 0x00, 0x00]],
  ['UTF-32', [0x00, 0x00, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
];

/** How much of a text is looked at to tell its encoding. */
const SAMPLE_BYTES = 1024;

/** The text of a file, with line feeds for line breaks and without a byte order mark, or why it is none. */
export function decode(
  bytes: Buffer,
): { readonly text: string; readonly fault?: never } | { readonly text?: never; readonly fault: FileFault } {
  const encoding = otherEncoding(bytes);
  if (encoding !== null) return { fault: { kind: 'wrong-encoding', encoding } };
  const text = bytes.toString('utf8');
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  return { text: content.includes('\r') ? content.replace(/\r\n?/g, '\n') : content };
}

/** What else than UTF-8 the bytes are by their mark, or, as UTF-16 without one, by the zeros between their letters. */
function otherEncoding(bytes: Buffer): string | null {
  for (const [name, mark] of OTHER_ENCODINGS) {
    if (mark.every((byte, index) => bytes[index] === byte)) return name;
  }
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let zeros = 0;
  for (const byte of sample) if (byte === 0) zeros++;
  return sample.length >= 4 && zeros >= sample.length * 0.4 ? 'UTF-16' : null;
}

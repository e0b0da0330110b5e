import { inspect } from 'node:util';

/** The shortest piece of a secret that counts as a leak, in UTF-16 code units. */
export const WINDOW = 8;

/** How a text looks when something prints or encodes it. */
export interface Form {
  readonly name: string;
  /** The same of a piece of a text as of the piece within the whole, whatever stands around it. */
  readonly encode: (piece: string) => string;
}

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const hex = (text: string): string => Buffer.from(text).toString('hex');
const inspected = (text: string): string => {
  const printed = inspect(text, { maxStringLength: null, breakLength: Infinity }).slice(1, -1);
  // Which quotes are escaped depends on the quotes in all of the text; most often none is.
  return printed.replaceAll(/\\(["'`])/g, '$1');
};

/** The characters of base64 that these bytes alone decide, `offset` bytes into a group of three. */
function aligned(text: string, offset: number): string {
  const bytes = Buffer.from(text);
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
}

const BASE64 = [0, 1, 2].flatMap((offset): Form[] => [
  { name: `base64 +${String(offset)}`, encode: (text) => aligned(text, offset) },
  {
    name: `base64url +${String(offset)}`,
    encode: (text) => aligned(text, offset).replaceAll('+', '-').replaceAll('/', '_'),
  },
]);

/** Every form that is looked for. */
export const FORMS: readonly Form[] = [
  { name: 'raw', encode: (text) => text },
  { name: 'URL', encode: encodeURIComponent },
  {
    name: 'URL, lower case',
    encode: (text) => encodeURIComponent(text).replaceAll(/%../g, (code) => code.toLowerCase()),
  },
  { name: 'URL, whole', encode: encodeURI },
  { name: 'URL form', encode: (text) => new URLSearchParams([['', text]]).toString().slice(1) },
  { name: 'JSON', encode: json },
  { name: 'JSON, slashes', encode: (text) => json(text).replaceAll('/', '\\/') },
  {
    name: 'JSON, ASCII',
    encode: (text) =>
      json(text).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  },
  { name: 'JSON in JSON', encode: (text) => json(json(text)) },
  { name: 'inspect', encode: inspected },
  { name: "inspect, ' escaped", encode: (text) => inspected(text).replaceAll("'", "\\'") },
  { name: 'JSON in inspect', encode: (text) => inspected(json(text)) },
  { name: 'inspect in JSON', encode: (text) => json(inspected(text)) },
  { name: 'Markdown', encode: (text) => text.replaceAll(/[\\*_~`|>@#[\]<]/g, String.raw`\$&`) },
  { name: 'hex', encode: hex },
  { name: 'HEX', encode: (text) => hex(text).toUpperCase() },
  { name: 'hex of a Buffer', encode: (text) => hex(text).replaceAll(/..(?=.)/g, '$& ') },
  ...BASE64,
];

/** How far apart the encoded pieces of a very long secret begin; raw ones begin everywhere. */
const STRIDE = 8;
const LONG = 1000;

/** Every piece of a secret that counts, with the place where it begins: of at least {@link WINDOW} code units. */
export function* pieces(secret: string): Generator<{ readonly piece: string; readonly start: number }> {
  const points = Array.from(secret);
  for (let start = 0; start < points.length; start++) {
    let piece = '';
    for (let end = start; end < points.length && piece.length < WINDOW; end++) piece += points[end] ?? '';
    if (piece.length >= WINDOW) yield { piece, start };
  }
}

/** The distinct forms of a piece. */
export function* formsOf(
  { piece, start }: { readonly piece: string; readonly start: number },
  length: number,
): Generator<readonly [text: string, form: string]> {
  const seen = new Set<string>();
  for (const { name, encode } of FORMS) {
    if (name !== 'raw' && length > LONG && start % STRIDE !== 0) return;
    const text = encode(piece);
    if (text.length >= WINDOW && !seen.has(text)) yield [text, name];
    seen.add(text);
  }
}

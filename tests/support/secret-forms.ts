import { inspect } from 'node:util';

/** How a text looks after something printed or encoded it. */
export interface Form {
  readonly name: string;
  /** Encodes a piece of a text as it looks within the encoded whole, whatever surrounds it. */
  readonly encode: (piece: string) => string;
}

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const hex = (text: string): string => Buffer.from(text).toString('hex');
const inspected = (text: string): string => {
  const printed = inspect(text, { maxStringLength: null, breakLength: Infinity }).slice(1, -1);
  // Which quotes are escaped depends on the quotes in the whole text; usually none are.
  return printed.replaceAll(/\\(["'`])/g, '$1');
};

/** The characters of base64 that depend on nothing but these bytes, `offset` bytes into a group of three. */
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

/** Every form in which a secret could leak. */
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

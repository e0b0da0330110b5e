import { inspect } from 'node:util';

/**
 * How often an escaped text may have been escaped again: the body of a request as JSON in the log as JSON, shown by
 * inspect. Every time can double its length, so a very long one is left at once.
 */
const MAX_NESTING = 3;
const MAX_NESTED_LENGTH = 1024;

/** The runs of a secret that every escaping leaves as they are: they show up whatever printed the rest. */
export function piecesOf(secret: string): string[] {
  // oxlint-disable-next-line no-control-regex -- control characters are what escaping changes
  return secret.split(/["'`\\\u0000-\u001f\u007f-\uffff]+/).filter((piece) => !piece.startsWith('-----'));
}

/** What no escaping changes: most tokens and keys. */
const PLAIN = /^[\w.-]+$/;

/** How a value looks when it is printed raw or URL-, JSON-, inspect-, hex- or base64-encoded. */
export function* formsOf(secret: string): Generator<string> {
  const bytes = Buffer.from(secret, 'utf8');
  yield secret;
  yield* bytesForms(bytes);
  if (!PLAIN.test(secret)) yield* escapedForms(secret, bytes);
}

function* bytesForms(bytes: Buffer): Generator<string> {
  const hex = bytes.toString('hex');
  yield hex;
  yield hex.toUpperCase();
  // As inspect shows a Buffer.
  yield hex.replaceAll(/..(?=.)/g, '$& ');
  for (let offset = 0; offset < 3; offset++) {
    const encoded = alignedBase64(bytes, offset);
    yield encoded;
    yield encoded.replaceAll('+', '-').replaceAll('/', '_');
  }
}

function* escapedForms(secret: string, bytes: Buffer): Generator<string> {
  // A lone surrogate cannot be percent-encoded; UTF-8 writes it as U+FFFD.
  const wellFormed = bytes.toString('utf8');
  const json = JSON.stringify(secret).slice(1, -1);
  yield json;
  yield json.replaceAll('/', '\\/');
  yield json.replaceAll(/[^ -~]/g, codeUnitEscape);
  // As Go writes it, and whoever puts JSON into HTML.
  yield json.replaceAll(/[<>&]/g, codeUnitEscape);
  yield* nestedForms(secret);
  yield inspect(secret, { maxStringLength: null, breakLength: Infinity }).slice(1, -1);
  const percent = encodeURIComponent(wellFormed);
  yield percent;
  yield percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  // As RFC 3986 has it.
  yield percent.replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  yield new URLSearchParams([['', secret]]).toString().slice(1);
  yield encodeURI(wellFormed);
  const url = new URL('https://host');
  url.password = wellFormed;
  yield url.password;
  url.search = wellFormed;
  yield url.search.slice(1);
}

/**
 * How a secret that escaping changes looks in JSON in JSON, in a body that inspect shows, and so on. One that
 * escaping leaves alone has no such forms.
 */
function* nestedForms(secret: string): Generator<string> {
  if (secret.length > MAX_NESTED_LENGTH) return;
  let inner: ReadonlySet<string> = new Set([secret]);
  for (let depth = 0; depth < MAX_NESTING; depth++) {
    const outer = new Set<string>();
    for (const text of inner) for (const quote of ['"', "'", '']) outer.add(escaped(text, quote));
    yield* outer;
    inner = outer;
  }
}

function codeUnitEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A text as it stands between these quotes in JSON or JavaScript. */
function escaped(text: string, quote: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what escaping changes
  return text.replaceAll(/["'\\\u0000-\u001f]/g, (character) => {
    if (character === quote) return `\\${character}`;
    return character === '"' || character === "'" ? character : JSON.stringify(character).slice(1, -1);
  });
}

/**
 * The characters of a base64 text that these bytes alone decide when they start `offset` bytes into a group of
 * three: a character at either end that shares bits with a neighbour is left out.
 */
function alignedBase64(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(start, end);
}

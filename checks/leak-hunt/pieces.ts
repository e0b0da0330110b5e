import { FORMS } from '../../tests/support/secret-forms.js';

/** The length of the shortest piece of a secret that counts as a leak, in UTF-16 code units. */
export const WINDOW = 8;

/** In very long secrets, encoded pieces start only this often; raw ones start everywhere. */
const STRIDE = 8;
const LONG = 1000;

/** Every piece of at least {@link WINDOW} code units, and no longer than necessary, with its start. */
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

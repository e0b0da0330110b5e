import { fromBase64, fromDecimals, fromHex } from './byte-texts.js';
import { withoutBackslashes, withoutEntities, withoutForm, withoutPercent } from './escapes.js';
import { type View, viewOf } from './view.js';

/**
 * How often an encoded text may have been encoded again: the body of a request as JSON in the log as JSON, shown by
 * inspect; base64 of JSON in a URL.
 */
const MAX_NESTING = 3;

/**
 * How many times its own length the views of a text may have together. Only a text that was built for it comes near;
 * the views it would go without are those of the deepest nesting.
 */
const MAX_GROWTH = 40;
const FREE_BYTES = 1 << 16;

/** What is encoded is in ASCII: most of what can be read as base64 is no text at all when it was. */
const ENCODED = /[\t\r\n -~]{11}/;

const UNESCAPES = [withoutPercent, withoutForm, withoutBackslashes, withoutEntities];
const BYTE_TEXTS = [fromHex, fromBase64, fromDecimals];

/** The text, then what it decodes to, in every order of encodings, the least nested first. */
export function* decodingsOf(text: string): Generator<View> {
  let outer: readonly View[] = [viewOf(text)];
  let budget = text.length * MAX_GROWTH + FREE_BYTES;
  yield* outer;
  for (let depth = 0; depth < MAX_NESTING && outer.length > 0; depth++) {
    const inner: View[] = [];
    for (const view of outer) {
      for (const decoded of decodedOnce(view)) {
        budget -= decoded.bytes.length;
        if (budget < 0) return;
        yield decoded;
        if (ENCODED.test(decoded.bytes)) inner.push(decoded);
      }
    }
    outer = inner;
  }
}

function* decodedOnce(view: View): Generator<View> {
  for (const unescape of UNESCAPES) {
    const unescaped = unescape(view);
    if (unescaped !== null) yield unescaped;
  }
  for (const decode of BYTE_TEXTS) yield* decode(view);
}

import { describe, expect, it } from 'vitest';

import {
  type Unescape,
  withoutBackslashes,
  withoutEntities,
  withoutForm,
  withoutPercent,
} from '../../../../src/config/secrets/encodings/escapes.js';
import { viewOf } from '../../../../src/config/secrets/encodings/view.js';

function undone(unescape: Unescape, text: string): string | null {
  const view = unescape(viewOf(text));
  return view === null ? null : Buffer.from(view.bytes, 'latin1').toString('utf8');
}

describe('percent encoding', () => {
  it('is undone in any case, once', () => {
    expect(undone(withoutPercent, 'a%2Fb%2f%C3%a9%2541')).toBe('a/b/é%41');
  });

  it('leaves alone what is none', () => {
    expect(undone(withoutPercent, '100% of %zz, %4')).toBeNull();
    expect(undone(withoutPercent, '%41%4')).toBe('A%4');
  });
});

describe('the encoding of forms', () => {
  it('has a plus for a space', () => {
    expect(undone(withoutForm, 'a+b%2Bc%20d')).toBe('a b+c d');
    expect(undone(withoutForm, 'a%20b')).toBeNull();
  });
});

describe('backslashes', () => {
  it.each([
    ['a\\"b\\\'c\\\\d\\/e\\`f', 'a"b\'c\\d/e`f'],
    [String.raw`\n\r\t\b\f\v\0`, '\n\r\t\b\f\v\0'],
    [String.raw`\x41\u0042\u{43}\u{1F600}\uD83D\uDE00`, 'ABC😀😀'],
    [String.raw`\uD800 \u{110000}`, '\uFFFD \uFFFD'],
    [String.raw`a\ b\$c\&`, 'a b$c&'],
    [String.raw`\d\q\x4\u12\u{}\u{xyz}`, String.raw`\d\q\x4\u12\u{}\u{xyz}`],
    ['at the end \\', 'at the end \\'],
  ])('are undone: %s', (text, plain) => {
    expect(undone(withoutBackslashes, text)).toBe(plain);
  });

  it('are in no text without one', () => {
    expect(undone(withoutBackslashes, 'none')).toBeNull();
  });
});

describe('references of HTML', () => {
  it('are undone, named and numbered', () => {
    expect(undone(withoutEntities, '&lt;&#60;&#x3C;&#X3c; &AMP;quot; &apos;&#128512;')).toBe(
      "<<<< &quot; '😀",
    );
  });

  it('stay as they are when they stand for nothing', () => {
    expect(undone(withoutEntities, 'a && b, &nosuch; &#; &lt')).toBe('a && b, &nosuch; &#; &lt');
    expect(undone(withoutEntities, 'a & b')).toBeNull();
  });
});

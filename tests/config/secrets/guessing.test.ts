import { inspect } from 'node:util';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Masker } from '../../../src/config/secrets/masker.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** How many bytes of a secret a text must hold to be said to hold it. */
const TELLING = 16;

function json(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function everyByte(text: string, write: (hex: string, byte: number) => string, between = ''): string {
  return [...Buffer.from(text)].map((byte) => write(byte.toString(16).padStart(2, '0'), byte)).join(between);
}

function base64At(offset: number, encoding: 'base64' | 'base64url') {
  return (text: string): string => Buffer.from(`${'.'.repeat(offset)}${text}`).toString(encoding);
}

const FORMS: readonly (readonly [name: string, encode: (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['in hexadecimal', (text) => everyByte(text, (hex) => hex)],
  ['in upper-case hexadecimal', (text) => everyByte(text, (hex) => hex.toUpperCase())],
  ['in hexadecimal behind a digit', (text) => `a${everyByte(text, (hex) => hex)}`],
  ['as a Buffer', (text) => inspect(Buffer.from(text)).slice('<Buffer '.length, -1)],
  ['in hexadecimal with colons', (text) => everyByte(text, (hex) => hex, ':')],
  ['as a list of hexadecimal numbers', (text) => everyByte(text, (hex) => `0x${hex}`, ', ')],
  ['as a list of numbers', (text) => everyByte(text, (_hex, byte) => String(byte), ',')],
  ...[0, 1, 2].map(
    (offset) => [`in base64, behind ${String(offset)} bytes`, base64At(offset, 'base64')] as const,
  ),
  ['in base64 for URLs', base64At(0, 'base64url')],
  ['in base64 in base64', (text) => base64At(0, 'base64')(base64At(0, 'base64')(text))],
  ['percent-encoded', (text) => everyByte(text, (hex) => `%${hex}`)],
  [
    'percent-encoded twice, in changing case',
    (text) => everyByte(text, (hex, byte) => `%25${byte % 2 ? hex : hex.toUpperCase()}`),
  ],
  ['in HTML', (text) => everyByte(text, (_hex, byte) => `&#${String(byte)};`)],
  ['in HTML in hexadecimal', (text) => everyByte(text, (hex) => `&#X${hex};`)],
  ['escaped', (text) => everyByte(text, (hex) => `\\u00${hex}`)],
  ['escaped in JSON', (text) => json(everyByte(text, (hex) => `\\x${hex}`))],
];

/** What somebody sees who can make the bot show a text: nothing, unless one guess is answered otherwise than another. */
function tellsApart(masker: Masker, one: string, other: string): boolean {
  const [first, second] = [`is it <${one}> or`, `is it <${other}> or`];
  const [seen, alsoSeen] = [masker.mask(first), masker.mask(second)];
  const untouched = seen === first && alsoSeen === second;
  return !untouched && seen !== alsoSeen;
}

/** The guess with another character where the guesser is not sure. */
function wrong(guess: string, at: number): string {
  const index = ALPHABET.indexOf(guess.charAt(at));
  return `${guess.slice(0, at)}${ALPHABET.charAt((index + 7) % ALPHABET.length)}${guess.slice(at + 1)}`;
}

function maskerOf(secret: string): Masker {
  const masker = new Masker();
  masker.add(secret);
  return masker;
}

const secretText = fc.string({ unit: fc.constantFrom(...ALPHABET.split('')), minLength: 18, maxLength: 70 });

describe.each(FORMS)('a guesser who writes a secret %s', (_name, encode) => {
  it('is told nothing by the beginning, the middle or the end of it, below 16 bytes', () => {
    fc.assert(
      fc.property(secretText, fc.nat(), fc.integer({ min: 1, max: TELLING - 1 }), (secret, place, length) => {
        const masker = maskerOf(secret);
        for (const start of [0, place % (secret.length - length + 1), secret.length - length]) {
          const guess = encode(secret.slice(start, start + length));
          expect(masker.mask(`is it <${guess}> or`)).toBe(`is it <${guess}> or`);
        }
      }),
      { seed: 20_301, numRuns: 150 },
    );
  });

  it('cannot go on from a beginning, however much of it is known', () => {
    fc.assert(
      fc.property(secretText, fc.nat(), (secret, place) => {
        const masker = maskerOf(secret);
        // All but the last character: there, the guess is the whole.
        const known = TELLING + (place % (secret.length - TELLING - 1));
        const guess = secret.slice(0, known + 1);
        expect(tellsApart(masker, encode(guess), encode(wrong(guess, known)))).toBe(false);
      }),
      { seed: 20_302, numRuns: 150 },
    );
  });

  it('is told nothing of what stands beside the sixteen bytes that tell', () => {
    fc.assert(
      fc.property(secretText, fc.nat(), fc.nat(), (secret, place, size) => {
        fc.pre(new Set(secret).size > 8);
        const masker = maskerOf(secret);
        const start = place % (secret.length - TELLING);
        const end = start + TELLING + (size % (secret.length - start - TELLING + 1));
        const guess = secret.slice(start, end);
        fc.pre(guess !== secret);
        for (const at of [start, end - 1]) {
          const block = at - (at % TELLING);
          if (block >= start && block + TELLING <= end) continue;
          expect(tellsApart(masker, encode(guess), encode(wrong(guess, at - start)))).toBe(false);
        }
      }),
      { seed: 20_303, numRuns: 300 },
    );
  });

  it('learns nothing of the next sixteen bytes from the end of those he knows', () => {
    fc.assert(
      fc.property(secretText, fc.integer({ min: 1, max: 8 }), fc.nat(), (secret, unknown, place) => {
        const end = TELLING + unknown;
        fc.pre(secret.length > 2 * TELLING);
        const start = 1 + (place % (TELLING - 1));
        const guess = secret.slice(start, end);
        expect(maskerOf(secret).mask(`is it <${encode(guess)}> or`)).toBe(`is it <${encode(guess)}> or`);
      }),
      { seed: 20_304, numRuns: 150 },
    );
  });

  it('is right when the whole is: it is hidden', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...ALPHABET.split('')), minLength: 9, maxLength: 70 }),
        (secret) => {
          fc.pre(new Set(secret).size > 3 && /[A-Z]/.test(secret) && /\d/.test(secret));
          const written = encode(secret);
          const masked = maskerOf(secret).mask(`is it <${written}> or`);
          expect(masked).toContain('[hidden]');
          expect(masked).not.toContain(written);
        },
      ),
      { seed: 20_305, numRuns: 150 },
    );
  });
});

describe('a guesser who tries whole words', () => {
  it.each([
    'localhost',
    'required',
    'Configuration',
    'PRODUCTION',
    'change-me',
    'no_reply',
    'password1',
    'P@ssw0rd',
  ])('is told nothing by %s, the value of a key that nobody declared', (word) => {
    const masker = new Masker();
    masker.add({ text: word, isDeclared: false });
    expect(masker.mask(`is it ${word}?`)).toBe(`is it ${word}?`);
  });

  it.each(['1234567', '12345678', '20261124', '49301234567', 'aaaaaaaaaaaa', 'abababababab'])(
    'is told nothing by %s, which tries find',
    (text) => {
      const masker = maskerOf(text);
      expect(masker.mask(`is it ${text}?`)).toBe(`is it ${text}?`);
    },
  );

  it('does not find a word that was declared, or a password', () => {
    for (const text of [
      'Configuration',
      'kq7wvbnz',
      '4929184732018843',
      'correct horse battery staple',
      'xkcdbrtw',
    ]) {
      expect(maskerOf(text).mask(`is it ${text}?`)).toBe('is it [hidden]?');
    }
  });

  it('does not find the pieces of a password', () => {
    const secret = 'aK3"q9Zx\'Lm2pR8vT';
    const masker = maskerOf(secret);
    for (const piece of ['q9Zx', 'Lm2pR8vT', 'aK3"q9Zx', "q9Zx'Lm2pR8vT"]) {
      expect(masker.mask(`is it ${piece}?`)).toBe(`is it ${piece}?`);
    }
  });

  it('does not find the password behind the name of a user', () => {
    const masker = maskerOf('postgres://postgres:hunter2correcthorse7@db.example.org/app');
    for (const guess of ['postgres:hunter2', 'postgres:hunter2c', 'postgres:hunter3c']) {
      expect(masker.mask(`is it ${guess}?`)).toBe(`is it ${guess}?`);
    }
  });
});

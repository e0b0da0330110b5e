import { describe, expect, it } from 'vitest';

import { MIN_MASKABLE_LENGTH, weaknessOf } from '../../../../src/config/secrets/signs/weakness.js';

function weakness(text: string): string | null {
  return weaknessOf(text, { isDeclared: false });
}

describe('a secret is hidden in its own place only when it is', () => {
  it('shorter than eight characters', () => {
    expect(MIN_MASKABLE_LENGTH).toBe(8);
    expect(weakness('x7Kq2mZ')).toBe('short');
    expect(weakness('x7Kq2mZp')).toBeNull();
    expect(weaknessOf('x7Kq2mZ', { isDeclared: true })).toBe('short');
  });

  it.each(['12345678', '90210417365', 'aaaaaaaaaa', 'abababab', 'abcabcabc'])(
    'found by trying: %s, declared or not',
    (text) => {
      expect(weakness(text)).toBe('guessable');
      expect(weaknessOf(text, { isDeclared: true })).toBe('guessable');
    },
  );

  it.each([
    'localhost',
    'required',
    'Configuration',
    'DISABLED',
    'no-reply',
    'change_me',
    'some other text',
    'name.of.host',
    'P@ssw0rd',
    '1q2w3e4r',
    'everything is free',
  ])('a word that texts hold anyway: %s', (text) => {
    expect(weakness(text)).toBe('everyday');
  });
});

describe('a secret is masked everywhere when it is', () => {
  it.each(['902104173651', '7k2m7k2m', 'abcd1abcd'])('long or mixed enough: %s', (text) => {
    expect(weakness(text)).toBeNull();
  });

  it.each([
    // Consonants one after another, hardly a vowel, or hardly a consonant: no word is like that.
    'xkcdqwrtz',
    'bcdfgahjk',
    'abstrngth',
    'aeiouaeio',
    'loCalHost7',
    'five.words.are.too.many',
    'correct horse battery',
    '-leading-dash',
    'trailing-dash-',
  ])('no word: %s', (text) => {
    expect(weakness(text)).toBeNull();
  });

  it('a word, but longer than any that a text holds by chance', () => {
    expect(weakness('onetwothreefourfives')).toBe('everyday');
    expect(weakness('onetwothreefourfivess')).toBeNull();
  });

  it('a word that was declared a secret', () => {
    expect(weaknessOf('localhost', { isDeclared: true })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import { Masker } from '../../../src/config/secrets/masker.js';
import { isSensitiveExtra, looksSecret } from '../../../src/config/secrets/sensitive.js';
import { cpuMs } from '../../support/cpu-time.js';

/** Each took from ten seconds to minutes; now a second at most. */
const SOON_MS = 6000;

/** The largest file there may be. */
const FILE_SIZE = 4 * 1024 * 1024;

describe('what the largest file may hold', () => {
  it('is learned soon: 107,000 secrets with one beginning, twice', () => {
    const masker = new Masker();
    const secrets = Array.from(
      { length: 107_000 },
      (_, index) => `common-beginning-of-all-${String(index)}-secret`,
    );
    expect(cpuMs(() => masker.follow(secrets))).toBeLessThan(SOON_MS);
    expect(masker.mask(`<${secrets[77_777] ?? ''}>`)).toBe('<[hidden]>');
    expect(cpuMs(() => masker.follow(secrets))).toBeLessThan(SOON_MS);
  });

  it('is learned soon: one secret that is JSON, of many values or of one', () => {
    for (const values of [
      Array.from({ length: FILE_SIZE / 14 }, (_, index) => `kQ7-${String(index).padStart(7, 'x')}`),
      ['kQ7-'.repeat(FILE_SIZE / 4)],
    ]) {
      const masker = new Masker();
      expect(cpuMs(() => masker.add(JSON.stringify(values)))).toBeLessThan(SOON_MS);
      expect(masker.mask(`<${values.at(-1)?.slice(0, 4000) ?? ''}>`)).toMatch(/^<?\[hidden\]>?$/);
    }
  });

  it('is judged soon: a URL of 150,000 slashes, and other monotony', () => {
    const texts = ['/', '://', 'a@', '?a=', '=a;', '-eyJ', 'a.', '"password":"', 'Bearer ', '-----BEGIN '];
    for (const text of texts.map((pump) => `https://a${pump.repeat(150_000)}`)) {
      expect(cpuMs(() => looksSecret(text))).toBeLessThan(SOON_MS);
      expect(cpuMs(() => isSensitiveExtra('ANY_KEY', text))).toBeLessThan(SOON_MS);
      expect(cpuMs(() => new Masker().add(text))).toBeLessThan(SOON_MS);
    }
  });

  it('is forgotten soon: 1,999 long secrets', () => {
    const masker = new Masker();
    for (let index = 0; index < 1999; index++) masker.follow([`${String(index)}-${'kQ7xW'.repeat(1500)}`]);
    expect(cpuMs(() => masker.follow(['one-more-secret']))).toBeLessThan(SOON_MS);
    expect(cpuMs(() => masker.follow(['and-one-more-secret']))).toBeLessThan(SOON_MS);
  });

  it('is masked soon in a long text', () => {
    const masker = new Masker();
    masker.add('kQ7-a-secret');
    for (const text of ['a', 'ab ', '%41', '\\u0041', '&#65;', '41 ', '65,', 'QUFB'].map((pump) =>
      pump.repeat(250_000 / pump.length),
    )) {
      expect(cpuMs(() => masker.mask(text))).toBeLessThan(SOON_MS);
    }
  });
});

function longSecret(index: number): string {
  return `${String(index)}-kQ7xW-${String(index)}`.padEnd(100_000, 'kQ7xW');
}

describe('what is superseded', () => {
  it('is remembered up to eight million characters', () => {
    const masker = new Masker();
    for (let index = 0; index < 300; index++) masker.follow([longSecret(index)]);
    // Forgotten are the oldest, and no more of them than must be.
    expect(masker.mask(longSecret(225).slice(0, 16))).toBe('[hidden]');
    expect(masker.mask(longSecret(290).slice(0, 16))).toBe('[hidden]');
    expect(masker.mask(longSecret(0).slice(0, 16))).toBe(longSecret(0).slice(0, 16));
  });
});

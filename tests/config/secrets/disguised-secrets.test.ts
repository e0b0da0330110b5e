import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../../src/config/faults/config-error.js';
import { secretParts } from '../../../src/config/secrets/secret-texts.js';
import {
  isSensitiveExtra,
  looksSecret,
  MASK,
  maskShapes,
  nameOf,
} from '../../../src/config/secrets/sensitive.js';

const KEY = 'sk-Zq7vKx2wRt9yLp4mNb8cHd3fGj6s';

describe('a disguised secret', () => {
  it.each(['"', "'", '`'])('hides a value that a stray %s keeps from looking like a secret', (quote) => {
    for (let at = 0; at <= KEY.length; at++) {
      expect(looksSecret(KEY.slice(0, at) + quote + KEY.slice(at))).toBe(true);
    }
    expect(isSensitiveExtra('CACHE', `a1Zq7vKx2wRt9yLp${quote}4mNb8cHd3fGj6sWe5uYi`)).toBe(true);
  });

  it('hides the password of a URL with a quote in it, and knows it elsewhere', () => {
    const url = "https://me:Zq7v'Kx2wRt9y@models.example.com";
    expect(looksSecret(url)).toBe(true);
    expect(secretParts(url)).toContain("Zq7v'Kx2wRt9y");
    expect(secretParts('https://models.example.com')).toEqual([]);
  });

  it('hides a credential in the fragment of a URL, where OAuth puts it, and knows it elsewhere', () => {
    const url = 'https://models.example.com/v1#access_token=Zq7vKx2wRt9y&type=bearer';
    expect(looksSecret(url)).toBe(true);
    expect(maskShapes(url)).toBe(`https://models.example.com/v1#access_token=${MASK}&type=bearer`);
    expect(secretParts(url)).toContain('Zq7vKx2wRt9y');
  });

  it('takes no quoted URL in front of an @ for one with user information', () => {
    expect(looksSecret('see "https://example.com" or write to me@example.com')).toBe(false);
    expect(looksSecret('https://example.com/@me')).toBe(false);
  });

  it('hides a line of base64 that is read as a key', () => {
    expect(nameOf('Zq7vKx2wRt9yLp4mNb8cHd')).toBe(MASK);
    for (const name of ['MY_SERVICE_CLIENT_2_NAME', 'someLongCamelCaseSettingName', 'OAuth2Redirect']) {
      expect(nameOf(name)).toBe(name);
    }
  });

  it('keeps such a line out of all that a rejection carries, not only out of what it says', () => {
    const key = 'Zq7vKx2wRt9yLp4mNb8cHd';
    const error = new ConfigError('.env', [
      { kind: 'unterminated-quote', line: 1, key },
      { kind: 'invalid-setting', line: 2, key: 'TIMEOUT', expects: 'a number' },
    ]);
    expect(inspect(error, { depth: null })).not.toContain(key);
    expect(JSON.stringify(error)).not.toContain(key);
    expect(error.faults).toMatchObject([{ key: MASK }, { key: 'TIMEOUT' }]);
  });
});

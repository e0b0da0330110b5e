import { describe, expect, it } from 'vitest';

import {
  type Secret,
  secretParts,
  secretTexts,
  stringsIn,
} from '../../../src/config/secrets/secret-texts.js';

/** What is looked for, as text. */
function looked(secret: Secret): string[] {
  return secretTexts(secret).map(({ bytes }) => Buffer.from(bytes, 'latin1').toString('utf8'));
}

/** The same of what tells something by a part of it, too. */
function telling(secret: Secret): string[] {
  return secretTexts(secret).flatMap(({ bytes, isTelling }) => (isTelling ? [bytes] : []));
}

describe('what is looked for of a secret', () => {
  it('is the text, and what the setting makes of it', () => {
    expect(looked({ text: ' padded-secret ', value: 'padded-secret' })).toEqual([
      ' padded-secret ',
      'padded-secret',
    ]);
    expect(looked({ text: 'x', value: { deep: [{ key: 'the kQ7 secret in it' }] } })).toEqual([
      'the kQ7 secret in it',
    ]);
  });

  it('is each part of a list, but for everyday words', () => {
    const text = 'first-kQ81, second-kQ82,localhost';
    expect(looked({ text })).toEqual([text, 'first-kQ81', 'second-kQ82']);
    expect(looked({ text, value: ['first-kQ81', 'second-kQ82', 'localhost'] })).toEqual([
      text,
      'first-kQ81',
      'second-kQ82',
    ]);
  });

  it('is every value in JSON, and no name of a field', () => {
    const text = JSON.stringify({ client_secret: 'kQ81"secret', list: [{ private_key_id: 'kQ82-secret' }] });
    expect(new Set(looked({ text }))).toEqual(new Set([text, 'kQ81"secret', 'kQ82-secret']));
  });

  it('is what an encoded secret stands for', () => {
    const plain = 'kQ81 secret / with blanks';
    for (const text of [
      Buffer.from(plain).toString('base64'),
      Buffer.from(plain).toString('hex'),
      encodeURIComponent(plain),
    ]) {
      expect(looked({ text })).toContain(plain);
    }
    const account = { name: 'kQ81-name', password: 'kQ82-password' };
    expect(looked({ text: Buffer.from(JSON.stringify(account)).toString('base64') })).toContain(
      'kQ82-password',
    );
  });

  it('is bytes in a value as they are', () => {
    const bytes = Buffer.from('00ff10fe20fd30fc40fb', 'hex');
    expect(secretTexts({ text: 'k', value: bytes })).toEqual([
      { bytes: bytes.toString('latin1'), isTelling: false },
    ]);
  });

  it('is each line, and the text as it stands in a URL', () => {
    const lines = ['MIIEvQIBADANBgkqhkiG9w0BAQEF', 'AASCBKcwggSjAgEAAoIBAQC7VJTU'];
    expect(looked({ text: lines.join('\n') })).toEqual(expect.arrayContaining([...lines, lines.join('')]));
  });

  it('tells by a part of a line only where it has lines: all private keys begin alike', () => {
    const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEF';
    expect(telling({ text: `-----BEGIN PRIVATE KEY-----\n${line}\n-----END PRIVATE KEY-----` })).toEqual([
      line,
    ]);
  });

  it('tells by a part only what has no parts itself', () => {
    const password = 'hunter2-correct-horse-7';
    expect(telling({ text: `postgres://someone:${password}@db.example.org/app` })).toEqual([password]);
    expect(telling({ text: `${password}, kQ81-another-long-one` })).toEqual([
      password,
      'kQ81-another-long-one',
    ]);
    expect(telling({ text: '/home/operator/credentials.json' })).toEqual([]);
  });

  it('is not the whole world when a list is very long', () => {
    expect(secretTexts({ text: 'abcdefg1,'.repeat(100_000) }).length).toBeLessThan(10);
    expect(secretTexts({ text: '?key='.repeat(100_000) }).length).toBeLessThan(200_100);
  });
});

describe('the parts of a secret', () => {
  it('are the password of a connection string, of JSON and of a command', () => {
    for (const text of [
      'Server=db;User Id=me;Password=kQ81secret;',
      'host=db user=me password=kQ81secret dbname=app',
      'curl -u me:kQ81secret https://example.org',
      '{"user": "me", "password": "kQ81secret"',
      'machine example.org login me password kQ81secret',
    ]) {
      expect(secretParts(text)).toContain('kQ81secret');
    }
  });

  it('are what stands behind the scheme of a header', () => {
    expect(secretParts('Bearer kQ81secret')).toContain('kQ81secret');
  });

  it('are the segments of a URL that look like a key', () => {
    expect(secretParts('https://example.org/in/kQ81secret0123456789abc/x')).toContain(
      'kQ81secret0123456789abc',
    );
  });
});

describe('the strings in a value', () => {
  it('are found however deep, once, and without the names of fields', () => {
    const cyclic: { self?: unknown; text: string } = { text: 'a' };
    cyclic.self = cyclic;
    expect(
      stringsIn([
        cyclic,
        new Map([['name', 'b']]),
        new Set(['c']),
        new URL('https://d'),
        { e: ['f', 7, null] },
      ]),
    ).toEqual(expect.arrayContaining(['a', 'b', 'c', 'https://d/', 'f']));
  });
});

import { inspect } from 'node:util';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_SUPERSEDED, Masker } from '../../../src/config/secrets/masker.js';
import { MASK, maskShapes } from '../../../src/config/secrets/sensitive.js';

const HOSTILE_SECRET = 'pä"ss\'w\\ör+d/\n$& (.*) <ü>?=%41';

function maskerOf(...secrets: string[]): Masker {
  const masker = new Masker();
  for (const secret of secrets) masker.add(secret);
  return masker;
}

/** What a library that prints URLs makes of any text: a lone surrogate becomes U+FFFD. */
function percentEncoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** As RFC 3986 wants it: `encodeURIComponent` leaves some marks alone. */
function strictlyPercentEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A URL with a text in it in two places. */
function urlWith(text: string): URL {
  const url = new URL('https://example.org');
  url.password = text;
  url.search = text;
  return url;
}

/** The secret after so many rotations. */
function rotation(index: number): string {
  return `${String(index)}-th-secret`;
}

/** Every run of `length` characters of a text. */
function runsOf(text: string, length: number): string[] {
  return Array.from({ length: text.length - length + 1 }, (_, start) => text.slice(start, start + length));
}

describe('a masker', () => {
  it('changes nothing while it knows nothing', () => {
    expect(new Masker().mask('an ordinary text')).toBe('an ordinary text');
  });

  it('hides a known secret wherever it stands, every time', () => {
    const masker = maskerOf('horse-staple');
    expect(masker.mask('horse-staple')).toBe('[hidden]');
    expect(masker.mask('horse-staple at the start')).toBe('[hidden] at the start');
    expect(masker.mask('at the end horse-staple')).toBe('at the end [hidden]');
    expect(masker.mask('xhorse-stapley horse-staple, horse-staple!')).toBe('x[hidden]y [hidden], [hidden]!');
  });

  it('counts the texts in which it has hidden something, of whatever is known or looks like a secret', () => {
    const masker = maskerOf('horse-staple');
    for (const text of [
      'harmless',
      'horse-staple, horse-staple',
      'a MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz012',
    ])
      masker.mask(text);
    expect(masker.maskedTexts).toBe(2);
  });

  it('still hides a secret after it was rotated', () => {
    const masker = maskerOf('the-old-one', 'a-new-value');
    expect(masker.mask('the-old-one → a-new-value')).toBe('[hidden] → [hidden]');
  });

  it('can be told the same thing twice', () => {
    expect(maskerOf('horse-staple', 'horse-staple').mask('horse-staple!')).toBe('[hidden]!');
  });

  it('ignores what is shorter than 8 characters, and the text too', () => {
    expect(maskerOf('a2345-7').mask('a2345-78')).toBe('a2345-78');
    expect(maskerOf('a2345-78').mask('a2345-78')).toBe('[hidden]');
    expect(maskerOf('a2345-78').mask('a2345-7')).toBe('a2345-7');
    expect(maskerOf('').mask('text of some length')).toBe('text of some length');
  });

  it('hides the longer of two secrets that start alike', () => {
    for (const secrets of [
      ['longsecret', 'longsecretmore'],
      ['longsecretmore', 'longsecret'],
    ]) {
      expect(maskerOf(...secrets).mask('a longsecretmore, longsecret.')).toBe('a [hidden], [hidden].');
    }
  });

  it('hides overlapping secrets as one', () => {
    expect(maskerOf('abcdefgh12', 'gh12zyxwvu').mask('-abcdefgh12zyxwvu-')).toBe('-[hidden]-');
  });

  it('hides adjacent secrets as one, and those a character apart as two', () => {
    const masker = maskerOf('abcdefgh', 'ijklmnop');
    expect(masker.mask('-abcdefghijklmnop-')).toBe('-[hidden]-');
    expect(masker.mask('-abcdefgh-ijklmnop-')).toBe('-[hidden]-[hidden]-');
  });

  it('hides a secret inside another one as part of it', () => {
    expect(maskerOf('0123456789abcdef!', '456789ab').mask('<0123456789abcdef!>')).toBe('<[hidden]>');
  });

  it('hides the beginning of a secret in the same way whichever guess it is continued with', () => {
    const masker = maskerOf('MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB');
    for (const known of ['MTIzNDU2Nzg5MDEyMzQ1Njc4', 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abc']) {
      for (const guess of ['.', 'd', 'X', 'dX']) {
        expect(masker.mask(`is it ${known}${guess} or\nnot`)).toBe('is it [hidden]\nnot');
      }
      const bytes = inspect(Buffer.from(known)).slice('<Buffer '.length, -1);
      for (const guess of ['2e', '64', '58', '64 58']) {
        expect(masker.mask(`is it (${bytes} ${guess} or) not`)).toBe('is it ([hidden] or) not');
      }
    }
  });

  it('is not misled by characters that share their low bytes with a secret', () => {
    const secret = 'abcdefgh';
    const alike = secret.replaceAll(/./g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 256));
    expect(maskerOf(secret).mask(`${alike} ${secret}`)).toBe(`${alike} [hidden]`);
  });
});

describe('a masker that follows a configuration', () => {
  it('remembers many secrets that are in use no more, and not all of them for ever', () => {
    const masker = new Masker();
    const count = 3 * MAX_SUPERSEDED;
    for (let index = 0; index <= count; index++) masker.follow(new Set([rotation(index)]));
    expect(masker.mask(rotation(count - MAX_SUPERSEDED))).toBe('[hidden]');
    expect(masker.mask(rotation(0))).toBe(rotation(0));
  });

  it('never forgets a secret that is in use, however long it has been', () => {
    const masker = new Masker();
    for (let index = 0; index <= 3 * MAX_SUPERSEDED; index++) {
      masker.follow(new Set(['since-the-start', rotation(index)]));
    }
    expect(masker.mask('since-the-start')).toBe('[hidden]');
  });

  it('never forgets any of more secrets than it would remember', () => {
    const masker = new Masker();
    for (let index = 0; index <= 2 * MAX_SUPERSEDED; index++) masker.follow(new Set([rotation(index)]));
    const inUse = Array.from({ length: 2 * MAX_SUPERSEDED }, (_, index) => `in-use-${String(index)}`);
    masker.follow(new Set(inUse));
    expect(inUse.filter((secret) => masker.mask(secret) !== '[hidden]')).toEqual([]);
    expect(masker.mask(rotation(0))).toBe(rotation(0));
  });
});

describe('a masker that is told more of a secret than its text', () => {
  it('hides the strings in its value, and what is used of the text', () => {
    const masker = new Masker();
    masker.follow([
      { text: ' kQ7-padded ; kQ8-another ', value: ['kQ7-padded', 'kQ8-another'], isDeclared: true },
    ]);
    expect(masker.mask('got kQ7-padded and kQ8-another')).toBe('got [hidden] and [hidden]');
  });

  it('hides the strings in a value that comes later', () => {
    const masker = new Masker();
    masker.add('kQ7-the-text');
    masker.add({ text: 'kQ7-the-text', value: 'THE TEXT kQ7', isDeclared: true });
    expect(masker.mask('THE TEXT kQ7')).toBe('[hidden]');
  });

  it('hides an everyday word from when it is declared', () => {
    const masker = new Masker();
    masker.add({ text: 'required', isDeclared: false });
    expect(masker.mask('required, and not set')).toBe('required, and not set');
    masker.add({ text: 'required', isDeclared: true });
    expect(masker.mask('required, and not set')).toBe('[hidden], and not set');
  });

  it('masks what is to become JSON', () => {
    const masker = new Masker();
    masker.add('kQ7"secret');
    expect(JSON.stringify(masker.maskJson({ text: 'my kQ7"secret', n: 1 }))).toBe(
      '{"text":"my [hidden]","n":1}',
    );
  });
});

describe('a cut secret', () => {
  const secret = '0123456789abcdefghijkl';

  it('is hidden from its 16th character on', () => {
    expect(maskerOf(secret).mask('token: 0123456789abcdef…')).toBe('token: [hidden]');
    expect(maskerOf(secret).mask('token: 0123456789abcdefgh****')).toBe('token: [hidden]');
  });

  it('is shown up to its 15th character, which tells too little of it', () => {
    expect(maskerOf(secret).mask('token: 0123456789abcde…')).toBe('token: 0123456789abcde…');
  });

  it('is shown when it is the beginning of a URL, which many share', () => {
    const masker = maskerOf('https://example.org/hook/Zm9vYmFy');
    expect(masker.mask('https://example.org/hook/other')).toBe('https://example.org/hook/other');
    expect(masker.mask('to https://example.org/hook/Zm9vYmFy!')).toBe('to [hidden]!');
  });

  it.each([
    ['/home/operator/bots/credentials.json', '/home/operator/bots/.env'],
    ['~/a/directory/of-keys/cookies', '~/a/directory/of-keys/notes'],
  ])('is shown when it is the beginning of a path: %s', (path, neighbour) => {
    const masker = maskerOf(path);
    expect(masker.mask(neighbour)).toBe(neighbour);
    expect(masker.mask(`in ${path}!`)).toBe('in [hidden]!');
  });

  it('is hidden when it is base64 with slashes', () => {
    const base64 = '/w8PDw8/Dw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8=';
    expect(maskerOf(base64).mask(`${base64.slice(0, 20)}…`)).toBe('[hidden]');
  });
});

describe('every form of a secret', () => {
  const bytes = Buffer.from(HOSTILE_SECRET);
  const forms: [name: string, form: string][] = [
    ['raw', HOSTILE_SECRET],
    ['URL-encoded', encodeURIComponent(HOSTILE_SECRET)],
    [
      'URL-encoded in lower case',
      encodeURIComponent(HOSTILE_SECRET).replaceAll(/%../g, (c) => c.toLowerCase()),
    ],
    ['leniently URL-encoded', encodeURI(HOSTILE_SECRET)],
    ['form-encoded', new URLSearchParams({ k: HOSTILE_SECRET }).toString().slice(2)],
    ['URL-encoded strictly', strictlyPercentEncoded(HOSTILE_SECRET)],
    ['as the password of a URL', urlWith(HOSTILE_SECRET).password],
    ['as the query of a URL', urlWith(HOSTILE_SECRET).search.slice(1)],
    [
      'in JSON for HTML',
      JSON.stringify(HOSTILE_SECRET)
        .slice(1, -1)
        .replaceAll('<', '\\u003c')
        .replaceAll('>', '\\u003e')
        .replaceAll('&', '\\u0026'),
    ],
    ['in JSON', JSON.stringify(HOSTILE_SECRET).slice(1, -1)],
    ['in JSON with escaped slashes', JSON.stringify(HOSTILE_SECRET).slice(1, -1).replaceAll('/', '\\/')],
    ['inspected', inspect(HOSTILE_SECRET).slice(1, -1)],
    ['in hexadecimal', bytes.toString('hex')],
    ['in upper-case hexadecimal', bytes.toString('hex').toUpperCase()],
  ];

  it.each(forms)('is hidden: %s', (_name, form) => {
    expect(maskerOf(HOSTILE_SECRET).mask(`<<${form}>>`)).toBe('<<[hidden]>>');
  });

  it.each([0, 1, 2])('is hidden in base64, %i bytes into a group of three', (offset) => {
    const masker = maskerOf('\u00FF\u00FE>>>???secret-horse');
    const text = Buffer.from(`${'.'.repeat(offset)}\u00FF\u00FE>>>???secret-horse!!!`);
    for (const encoding of ['base64', 'base64url'] as const) {
      const encoded = text.toString(encoding);
      const masked = masker.mask(encoded);
      // What is left are the characters that share bits with a neighbour of the secret.
      expect(masked).toMatch(/^[\w+/-]{0,3}\[hidden\][\w+/=-]{0,7}$/);
      expect(runsOf(encoded, 8).filter((run) => masked.includes(run))).toEqual([]);
    }
  });

  it('is hidden when it is inspected in an object, over several lines', () => {
    const secret = `${'0123456789'.repeat(8)}\n${'abcdefghij'.repeat(8)}`;
    const masked = maskerOf(secret).mask(inspect({ secret }, { breakLength: 40 }));
    expect(masked).not.toContain('01234567');
    expect(masked).not.toContain('abcdefgh');
  });

  it('is hidden with a lone surrogate in it', () => {
    const secret = 'pass\uD800word-of-mine';
    const masker = maskerOf(secret);
    expect(masker.mask(`<${secret}>`)).toBe('<[hidden]>');
    expect(masker.mask(percentEncoded(secret))).toBe('[hidden]');
    expect(masker.mask(JSON.stringify(secret))).toBe('"[hidden]"');
  });

  it('is hidden between other characters, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 8, maxLength: 24 }),
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.string({ unit: 'binary', maxLength: 20 }),
        (secret, before, after) => {
          fc.pre(secret !== MASK && !before.includes(secret) && !after.includes(secret));
          const masker = maskerOf(secret);
          for (const form of [
            secret,
            percentEncoded(secret),
            JSON.stringify(secret).slice(1, -1),
            Buffer.from(secret).toString('hex'),
          ]) {
            expect(masker.mask(`${before}${form}${after}`)).not.toContain(form);
          }
        },
      ),
      { seed: 20_266, numRuns: 300 },
    );
  });
});

describe('parts of a secret', () => {
  it('hides a PEM block that is printed line by line, but not its frame', () => {
    const lines = ['MIIEvQIBADANBgkqhkiG9w0BAQEF', 'AASCBKcwggSjAgEAAoIBAQC7VJTU'];
    const pem = ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----'].join('\n');
    const masker = maskerOf(pem);
    expect(lines.map((line) => masker.mask(`key: ${line}`))).toEqual(['key: [hidden]', 'key: [hidden]']);
    expect(masker.mask('-----END PRIVATE KEY-----')).toBe('-----END PRIVATE KEY-----');
    expect(masker.mask(pem)).toBe('[hidden]');
    expect(masker.mask(JSON.stringify({ pem }))).toBe('{"pem":"[hidden]"}');
  });

  it('hides the password of a URL, and the user with it', () => {
    const masker = maskerOf('postgres://someone:hunter2%26more@db.example.org/app');
    expect(masker.mask('password hunter2&more is wrong')).toBe('password [hidden] is wrong');
    expect(masker.mask('hunter2%26more')).toBe('[hidden]');
    expect(masker.mask('someone:hunter2%26more')).toBe('[hidden]');
    expect(masker.mask('no host db.example.org')).toBe('no host db.example.org');
  });

  it('hides a credential in the query of a URL', () => {
    const masker = maskerOf('https://api.example.org/v1?api_key=abcd%2Fefgh1234&lang=german-new');
    expect(masker.mask('key abcd/efgh1234, german-new')).toBe('key [hidden], german-new');
  });

  it('hides the token of a webhook', () => {
    const masker = maskerOf('https://discord.com/api/webhooks/123/the-webhook-token');
    expect(masker.mask('webhook the-webhook-token failed')).toBe('webhook [hidden] failed');
  });

  it('hides credentials of a URL in the query of a URL', () => {
    const masker = maskerOf(
      `https://a.example?auth=${encodeURIComponent('ftp://me:deep-password@b.example')}`,
    );
    expect(masker.mask('the deep-password')).toBe('the [hidden]');
  });

  it('learns a credential of 100,000 nested credentials without taking memory for each', () => {
    expect(maskerOf('?key='.repeat(100_000)).mask('nothing of it')).toBe('nothing of it');
  });
});

describe('texts around secrets', () => {
  const secretText = fc.string({
    unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.split('')),
    minLength: 20,
    maxLength: 40,
  });

  it('stay as they are when they hold no 8 characters of a secret', () => {
    fc.assert(
      fc.property(secretText, fc.string({ unit: 'grapheme', maxLength: 80 }), (secret, text) => {
        fc.pre(runsOf(secret, 8).every((run) => !text.includes(run)) && maskShapes(text) === text);
        expect(maskerOf(secret).mask(text)).toBe(text);
      }),
      { seed: 20_267, numRuns: 2000 },
    );
  });

  it('stay as they are when they were masked before', () => {
    const noise = fc.constantFrom(
      'ghp_',
      'https://',
      'u:p@',
      '?token=',
      '&key=',
      'eyJ',
      '.',
      ' ',
      '-',
      '=',
      '"',
    );
    fc.assert(
      fc.property(
        secretText,
        fc.array(fc.oneof(noise, fc.constant(null), fc.string({ maxLength: 12 })), { maxLength: 12 }),
        (secret, pieces) => {
          const masker = maskerOf(secret);
          const once = masker.mask(pieces.map((piece) => piece ?? secret).join(''));
          expect(once).not.toContain(secret);
          expect(masker.mask(once)).toBe(once);
        },
      ),
      { seed: 20_268, numRuns: 2000 },
    );
  });

  it('lose what has the shape of a secret, though nobody knew of it', () => {
    expect(maskerOf('horse-staple').mask('horse-staple ghp_0123456789abcdef')).toBe('[hidden] [hidden]');
    expect(new Masker().mask('ghp_0123456789abcdef')).toBe('[hidden]');
  });
});

import { describe, expect, it } from 'vitest';

import { isCredential, maskUrls, urlPartsOf } from '../../../../src/config/secrets/signs/url-credentials.js';

function credentialsIn(text: string): string[] {
  return urlPartsOf(text)
    .filter(isCredential)
    .map((part) => part.text);
}

describe('the parts of a URL', () => {
  it('are its user information, its query and its fragment, each where it stands', () => {
    const text = 'see https://bot:pw@example.com/a?x=1&flag;y=2#tail=3 now';
    const parts = urlPartsOf(text);
    expect(parts).toEqual([
      { kind: 'user', name: '', text: 'bot:pw', start: 12 },
      { kind: 'query', name: 'x', text: '1', start: text.indexOf('1&') },
      { kind: 'query', name: '', text: 'flag', start: text.indexOf('flag') },
      { kind: 'query', name: 'y', text: '2', start: text.indexOf('2#') },
      { kind: 'fragment', name: 'tail', text: '3', start: text.indexOf('3 now') },
    ]);
    for (const part of parts) expect(text.startsWith(part.text, part.start)).toBe(true);
  });

  it('are found in every URL of a text', () => {
    expect(urlPartsOf('a://one@x and b://two@y').map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('reach up to the last "@" of the authority, and no further', () => {
    expect(urlPartsOf('db://bot:p@ss@host/path@x')).toMatchObject([{ kind: 'user', text: 'bot:p@ss' }]);
    expect(urlPartsOf('https://example.com?x@y')).toMatchObject([{ kind: 'query', text: 'x@y' }]);
  });

  it('end at the quote around a URL, which is a part of a value that is one', () => {
    expect(urlPartsOf('see "https://example.com/?a=b"')).toMatchObject([{ text: 'b' }]);
    expect(urlPartsOf('https://example.com/?a=b"c')).toMatchObject([{ text: 'b"c' }]);
    expect(urlPartsOf('https://example.com/?a=b c')).toMatchObject([{ text: 'b' }]);
  });

  it('are none without a scheme, and none that are empty', () => {
    expect(urlPartsOf(' ://bot:pw@example.com')).toEqual([]);
    expect(urlPartsOf('https://@example.com/?a=&b')).toMatchObject([{ name: '', text: 'b' }]);
    expect(urlPartsOf('https://example.com/path')).toEqual([]);
  });
});

describe("a credential in a setting's URL", () => {
  it.each([
    ['user information', 'redis://:pw@host', [':pw']],
    ['any query value', 'https://host/?code=ab&subscription-key=cd', ['ab', 'cd']],
    ['a long value without a name', 'https://host/?abcdefgh', ['abcdefgh']],
    ['an odd or long fragment', `https://host/#a1 https://host/#${'a'.repeat(41)}`, ['a1', 'a'.repeat(41)]],
    ['a value too long for a harmless name', `https://host/?v=${'a'.repeat(65)}`, ['a'.repeat(65)]],
  ])('is %s', (_what, text, credentials) => {
    expect(credentialsIn(text)).toEqual(credentials);
  });

  it.each([
    ['a number or a switch', 'https://host/?a=123456&b=true&c=OFF'],
    ['a harmless name', `https://host/?API-Version=abc&sslmode=require&v=${'a'.repeat(64)}`],
    ['a short value without a name', 'https://host/?abcdefg'],
    ['a heading', `https://host/#the/Heading-of!it.${'a'.repeat(22)}`],
  ])('is not %s', (_what, text) => {
    expect(credentialsIn(text)).toEqual([]);
  });
});

describe('the URLs of any text', () => {
  it('lose their user information', () => {
    expect(maskUrls('from a://u:p@x to b://v@y.', '*')).toBe('from a://*@x to b://*@y.');
  });

  it('lose what a name calls a credential, in paths too, and keep the rest', () => {
    expect(maskUrls('/x?access_token=abc&page=2&key=k#sig=s', '*')).toBe(
      '/x?access_token=*&page=2&key=*#sig=*',
    );
    expect(maskUrls('https://x/?monkey=2&color=red', '*')).toBe('https://x/?monkey=2&color=red');
  });

  it('are left alone when there is nothing to hide', () => {
    expect(maskUrls('https://example.com/path and text', '*')).toBe('https://example.com/path and text');
    expect(maskUrls('no url at all', '*')).toBe('no url at all');
  });
});

import { describe, expect, it } from 'vitest';

import { isOpaque, looksGenerated } from '../../../../src/config/secrets/signs/generated.js';

const LONG = 'a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5F';

describe('a text was surely generated', () => {
  it.each([LONG, `${LONG}==`, `+${LONG.slice(1)}`, `${LONG}/+x`, LONG.toLowerCase(), LONG.toUpperCase()])(
    'when it is one long run of letters and digits: %s',
    (text) => {
      expect(isOpaque(text)).toBe(true);
    },
  );

  it.each([
    ['shorter', LONG.slice(1)],
    ['several words', `${LONG} ${LONG}`],
    ['of letters alone', 'abcdefghijklmnopqrstuvwxyzabcdefghij'],
    ['of digits alone', '12345678901234567890123456789012345'],
    ['a UUID', '1b4e28ba-2fa1-11d2-883f-0016d3cca427'],
    ['a path', `/${LONG}`],
    ['padded too often', `${LONG}===`],
    ['a name made of words and numbers', 'gpt-4o-mini-transcribe-2025-03-20-preview'],
  ])('and not when it is %s', (_what, text) => {
    expect(isOpaque(text)).toBe(false);
  });

  it('even when a UUID is a part of it', () => {
    expect(isOpaque('x1b4e28ba-2fa1-11d2-883f-0016d3cca427')).toBe(true);
    expect(isOpaque('1b4e28ba-2fa1-11d2-883f-0016d3cca427x')).toBe(true);
  });
});

describe('a text may be a key or a password', () => {
  it.each(['x7Kq2mZp', 'tr0ub4dor&3', 'a1b2c3d4e5', 'S3cr3t-4nd-m0re', 'abcdefghijklmnopq'])(
    'when no name is like that: %s',
    (text) => {
      expect(looksGenerated(text)).toBe(true);
    },
  );

  it.each([
    ['short', 'x7Kq2mZ'],
    ['an address', 'https://x7Kq2mZp'],
    ['a path', '/x7Kq2mZp'],
    ['a path from home', '~/x7Kq2mZp'],
    ['a relative path', '../x7Kq2mZp'],
    ['words', 'en, de, english, german'],
    ['a model', 'gpt-4o-mini-2024-07-18'],
    ['a version', 'v1.22.333b'],
    ['a size', 'video-1920x1080p'],
    ['a host', 'redis7.example.com:6379'],
    ['a letter and a number', 'node-m5x-b12'],
  ])('and not when it is %s', (_what, text) => {
    expect(looksGenerated(text)).toBe(false);
  });

  it('even where a path comes later', () => {
    expect(looksGenerated('x7Kq2/mZp')).toBe(true);
    expect(looksGenerated('.../x7Kq2mZp')).toBe(true);
  });
});

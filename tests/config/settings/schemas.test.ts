import { describe, expect, it } from 'vitest';
import type { z } from 'zod';

import {
  commaSeparated,
  decimal,
  listenAddress,
  oneOf,
  publicName,
  webUrl,
  wholeNumber,
  yesOrNo,
} from '../../../src/config/settings/schemas.js';

/** What a schema makes of a text; `undefined` when it refuses it. */
function read(schema: z.ZodType, text: string): unknown {
  return schema.safeParse(text).data;
}

describe('a whole number', () => {
  const schema = wholeNumber(2, 65_535);

  it.each([
    ['2', 2],
    ['65535', 65_535],
    [' 0443 ', 443],
  ])('is read from "%s"', (text, number) => {
    expect(read(schema, text)).toBe(number);
  });

  it.each(['1', '65536', '-3', '+3', '3.0', '1e3', '0x10', '3 4', '3px', 'x3', 'three', ''])(
    'is not read from "%s"',
    (text) => {
      expect(read(schema, text)).toBeUndefined();
    },
  );
});

describe('a decimal number', () => {
  const schema = decimal(0.5, 20);

  it.each([
    ['0.5', 0.5],
    ['20', 20],
    ['12.25', 12.25],
    [' .75 ', 0.75],
  ])('is read from "%s"', (text, number) => {
    expect(read(schema, text)).toBe(number);
  });

  it.each(['0.4', '20.1', '-1', '1.', '1,5', '1e1', '1.5.5', 'x1.5', '1.5x', '.', 'Infinity', ''])(
    'is not read from "%s"',
    (text) => {
      expect(read(schema, text)).toBeUndefined();
    },
  );
});

it('a switch is on or off, in the words people use', () => {
  for (const text of ['true', 'YES', ' on ', '1']) expect(read(yesOrNo(), text)).toBe(true);
  for (const text of ['false', 'No', ' off', '0']) expect(read(yesOrNo(), text)).toBe(false);
  expect(read(yesOrNo(), 'perhaps')).toBeUndefined();
});

it('one of a few words is read in any case', () => {
  const schema = oneOf(['low', 'high']);
  expect(read(schema, ' High ')).toBe('high');
  expect(read(schema, 'medium')).toBeUndefined();
});

it('a list has its items between commas, without blanks and gaps', () => {
  const schema = commaSeparated(/^\d+$/);
  expect(read(schema, ' 1, 22 ,,3,')).toEqual(['1', '22', '3']);
  expect(read(schema, '')).toEqual([]);
  expect(read(schema, '1,two')).toBeUndefined();
});

describe('the URL of a service', () => {
  it.each([
    ['https://example.com/v1', 'https://example.com/v1'],
    [' HTTP://127.0.0.1:8080/v1// ', 'HTTP://127.0.0.1:8080/v1'],
    ['https://example.com/a//b', 'https://example.com/a//b'],
  ])('is read from "%s"', (text, url) => {
    expect(read(webUrl(), text)).toBe(url);
  });

  it.each([
    'example.com',
    'ftp://example.com',
    'xhttps://example.com',
    'see https://example.com',
    'https://',
    'https://exa mple.com',
  ])('is not read from "%s"', (text) => {
    expect(read(webUrl(), text)).toBeUndefined();
  });
});

it('a name that others get to see is no secret that was pasted into it', () => {
  expect(read(publicName(), ' gpt-4o-mini ')).toBe('gpt-4o-mini');
  expect(read(publicName(), 'sk-a1B2c3D4e5F6g7H8i9J0')).toBeUndefined();
});

describe('an address to listen on', () => {
  it.each([
    ['9464', '127.0.0.1:9464'],
    [' 9464 ', '127.0.0.1:9464'],
    ['127.0.0.1:9464', '127.0.0.1:9464'],
    ['0.0.0.0:1', '0.0.0.0:1'],
    ['localhost:65535', 'localhost:65535'],
    ['[::1]:9464', '[::1]:9464'],
    ['[::]:9464', '[::]:9464'],
    ['bot-7.example.org:80', 'bot-7.example.org:80'],
    ['', ''],
  ])('%j is %j', (text, address) => {
    expect(listenAddress().parse(text)).toBe(address);
  });

  it.each(['0', '65536', '-1', 'on', ':9464', 'localhost', '::1:9464', 'http://localhost:1', '1.5', 'a b:1'])(
    '%j is none',
    (text) => {
      expect(listenAddress().safeParse(text).success).toBe(false);
    },
  );
});

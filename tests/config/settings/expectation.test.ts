import { expect, it } from 'vitest';
import { z } from 'zod';

import { describeSchema } from '../../../src/config/settings/expectation.js';

it.each<[schema: z.ZodType, words: string]>([
  [z.string(), 'some text'],
  [z.string().min(1), 'some text'],
  [z.string().min(8), 'at least 8 characters'],
  [z.string().max(8), 'at most 8 characters'],
  [z.string().min(2).max(8), '2 to 8 characters'],
  [z.string().regex(/^[a-z]+$/), 'text that matches ^[a-z]+$'],
  [z.url(), 'a URL'],
  [z.email(), 'an email address'],
  [z.uuid(), 'a UUID'],
  [z.ipv4(), 'an IPv4 address'],
  [z.ipv6(), 'an IPv6 address'],
  [z.iso.datetime(), 'a date and time such as 2026-01-31T12:00:00Z'],
  [z.iso.date(), 'a date such as 2026-01-31'],
  [z.coerce.date(), 'a date'],
  [z.coerce.number(), 'a number'],
  [z.coerce.number().min(0), 'a number of at least 0'],
  [z.coerce.number().max(1), 'a number of at most 1'],
  [z.coerce.number().int(), 'a whole number'],
  [z.coerce.number().int().min(1).max(65_535), 'a whole number from 1 to 65535'],
  [z.coerce.number().int().min(1).max(65_535).default(8080), 'a whole number from 1 to 65535'],
  [z.coerce.number().int().optional(), 'a whole number'],
  [z.enum(['low', 'high']), 'one of low, high'],
  [z.literal('on'), 'on'],
  [z.stringbool(), 'true or false'],
  [z.string().trim().pipe(z.stringbool()), 'true or false'],
  [z.string().transform(Number).pipe(z.int().min(3)), 'a whole number of at least 3'],
  [z.string().transform((text) => text.length), 'some text'],
  [
    z
      .string()
      .min(4)
      .transform((text) => text.length),
    'at least 4 characters',
  ],
  [
    z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.string())),
    'a list',
  ],
  [z.union([z.enum(['auto']), z.coerce.number().int()]), 'one of auto, or a whole number'],
  [z.any(), 'a valid value'],
])('%# says what a schema takes: $1', (schema, words) => {
  expect(describeSchema(schema)).toBe(words);
});

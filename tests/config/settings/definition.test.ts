import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { type Definition, definitionsOf } from '../../../src/config/settings/definition.js';

function definitionOf(schema: z.ZodType): Definition {
  const definition = definitionsOf({ KEY: schema }).get('KEY');
  if (definition === undefined) throw new Error('the key is not declared');
  return definition;
}

const secret = z.string().meta({ secret: true });

describe('a secret', () => {
  it.each<[wrapper: string, schema: z.ZodType]>([
    ['nothing', secret],
    ['.default()', secret.default('')],
    ['.prefault()', secret.prefault('')],
    ['.optional()', secret.optional()],
    ['.nullable()', secret.nullable()],
    ['.readonly()', secret.readonly()],
    ['.catch()', secret.catch('')],
    ['.transform()', secret.transform((text) => text.split(','))],
    ['.pipe()', secret.pipe(z.string().min(1))],
    ['being piped into', z.string().pipe(secret)],
    ['z.preprocess()', z.preprocess((value) => value, secret)],
    ['many wrappers', secret.transform(Number).pipe(z.number()).readonly().nullable().optional()],
    ['another .meta()', secret.default('').meta({ description: 'A key.' })],
  ])('is found through %s', (_wrapper, schema) => {
    expect(definitionOf(schema).secret).toBe(true);
  });

  it('stays one, whatever a wrapper says', () => {
    expect(definitionOf(secret.default('').meta({ secret: false })).secret).toBe(true);
  });

  it('is nothing that was not declared so', () => {
    expect(definitionOf(z.string()).secret).toBe(false);
  });
});

describe('a definition', () => {
  it('holds what .meta() says, at any depth, the outermost last', () => {
    const schema = z
      .string()
      .meta({ description: 'inner', expects: 'a path', readsFile: true, aliases: ['CLE'] })
      .default('a.txt')
      .meta({ description: 'outer', takesEffect: 'restart', perProcess: true });
    expect(definitionOf(schema)).toEqual({
      key: 'KEY',
      schema,
      description: 'outer',
      expects: 'a path',
      secret: false,
      takesEffect: 'restart',
      perProcess: true,
      readsFile: true,
      listsKeys: null,
      aliases: ['CLE'],
      fallback: { value: 'a.txt', text: 'a.txt' },
    });
  });

  it('is live, shared and shown when nothing is said', () => {
    expect(definitionOf(z.string())).toMatchObject({
      description: '',
      expects: 'some text',
      secret: false,
      takesEffect: 'live',
      perProcess: false,
      readsFile: false,
      aliases: [],
    });
  });

  it('derives what is expected from what is inside', () => {
    expect(definitionOf(z.coerce.number().int().min(1).default(8)).expects).toBe(
      'a whole number of at least 1',
    );
  });

  it('keeps the order of the declaration', () => {
    expect([...definitionsOf({ B: z.string(), A: z.string() }).keys()]).toEqual(['B', 'A']);
  });
});

describe('a schema is refused, by the name of its key,', () => {
  it.each([
    ['secrett', 'secret'],
    ['Secret', 'secret'],
    ['secrte', 'secret'],
    ['expect', 'expects'],
    ['takeseffect', 'takesEffect'],
    ['readFile', 'readsFile'],
    ['desciption', 'description'],
  ])('for "%s" in .meta()', (written, meant) => {
    expect(() =>
      definitionsOf({
        KEY: z
          .string()
          .meta({ [written]: true })
          .default(''),
      }),
    ).toThrow(new TypeError(`KEY: unknown "${written}" in .meta(), did you mean "${meant}"?`));
  });

  it('for z.coerce.boolean(), to which every text is true', () => {
    expect(() => definitionsOf({ KEY: z.coerce.boolean().default(true) })).toThrow(
      new TypeError('KEY: z.coerce.boolean() takes "false" for true; use z.stringbool()'),
    );
  });

  it('but not for what zod or others keep in .meta()', () => {
    expect(() =>
      definitionsOf({
        KEY: z.string().meta({ title: 'A key', examples: ['a'], deprecated: true, owner: 'us' }),
      }),
    ).not.toThrow();
  });
});

describe('an absent value', () => {
  it.each<[words: string, schema: z.ZodType]>([
    ['z.string()', z.string()],
    ['z.coerce.string(), which would make "undefined" of it', z.coerce.string()],
    ['z.coerce.number()', z.coerce.number()],
    ['z.stringbool()', z.stringbool()],
    ['.nullable()', z.string().nullable()],
    ['.transform() of a text', z.string().transform((text) => text.length)],
    ['z.any()', z.any()],
    [
      'a default that comes after the reading',
      z
        .string()
        .transform((text) => text || undefined)
        .pipe(z.string().default('late')),
    ],
  ])('is refused by %s', (_words, schema) => {
    expect(definitionOf(schema).fallback).toBeNull();
  });

  it.each<[words: string, schema: z.ZodType, value: unknown, text: string]>([
    ['.default()', z.coerce.number().default(8080), 8080, '8080'],
    [
      '.default() of a list',
      z
        .string()
        .transform((text) => text.split(','))
        .default([]),
      [],
      '',
    ],
    ['.prefault(), which is read', z.string().transform(Number).prefault('7'), 7, '7'],
    ['.optional()', z.string().optional(), undefined, ''],
    ['.catch()', z.string().catch('none'), 'none', 'none'],
    ['.default() under .readonly()', z.string().default('a').readonly(), 'a', 'a'],
    ['.default() before a .pipe()', z.string().default('12').pipe(z.coerce.number()), 12, '12'],
    ['a date', z.coerce.date().default(new Date(0)), new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('is what %s says', (_words, schema, value, text) => {
    expect(definitionOf(schema).fallback).toEqual({ value, text });
  });
});

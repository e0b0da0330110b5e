import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseEnvFile } from '../../../src/config/parse/env-file.js';
import { definitionsOf, type SettingSchemas } from '../../../src/config/settings/definition.js';
import { EntryTable } from '../../../src/config/snapshot/entry-table.js';
import { type Ingredients, type Resolution, resolve } from '../../../src/config/snapshot/resolve.js';
import { atOnce } from '../../../src/config/steps.js';

function resolved(settings: SettingSchemas, text: string, parts: Partial<Ingredients> = {}): Resolution {
  return atOnce(
    resolve({
      definitions: definitionsOf(settings),
      file: parseEnvFile(Buffer.from(text)),
      environment: {},
      companions: new Map(),
      previous: null,
      ...parts,
    }),
  );
}

const LIMIT = z.coerce.number().int().default(20);

function listOf(parts: number): string {
  return Array.from({ length: parts }, (_, index) => `part-${String(index)}`).join(',');
}

function lists(parts: number): string {
  return `AN_API_KEY=${listOf(parts)}\nTOKENS=${listOf(parts)}\nLETTERS=${'x'.repeat(parts)}\n`;
}

describe('a resolution', () => {
  it('has the extras in the order of the file, then the settings in the order of their declaration', () => {
    const { entries } = resolved({ B: z.string().default(''), A: z.string() }, 'Z=1\nA=2\nY=3\n');
    expect(entries.map(({ key }) => key)).toEqual(['Z', 'Y', 'B', 'A']);
  });

  it('has the typed values of the sound settings beside the faults of the others', () => {
    const { settings, faults } = resolved(
      { LIMIT, MOST: z.coerce.number(), NAME: z.string() },
      'LIMIT=x\nMOST=3\n',
    );
    expect(settings).toEqual({ MOST: 3 });
    expect(faults).toEqual([
      { kind: 'invalid-setting', key: 'LIMIT', expects: 'a whole number', line: 1 },
      { kind: 'missing-setting', key: 'NAME', expects: 'some text', line: null, similar: null },
    ]);
  });

  it('refuses a secret of more than a thousand parts, as written and as its setting reads it', () => {
    const TOKENS = z
      .string()
      .transform((text) => text.split(','))
      .meta({ secret: true });
    const LETTERS = z
      .string()
      .transform((text) => text.split(''))
      .meta({ secret: true });
    const refusal = { kind: 'too-many-parts', limit: 1000 };
    expect(resolved({ TOKENS, LETTERS }, lists(1000)).faults).toEqual([]);
    expect(resolved({ TOKENS, LETTERS }, lists(1001))).toMatchObject({
      entries: [],
      faults: [
        { ...refusal, key: 'AN_API_KEY', line: 1 },
        { ...refusal, key: 'TOKENS', line: 2 },
        { ...refusal, key: 'LETTERS', line: 3 },
      ],
    });
    // A list that is no secret may be as long as it likes.
    expect(resolved({}, `WORDS=${'a,'.repeat(2000)}`).faults).toEqual([]);
  });

  it('blames the environment for a bad value that no line supplies', () => {
    const { faults } = resolved({ LIMIT }, 'A=1\n', { environment: { LIMIT: 'x' } });
    expect(faults).toMatchObject([{ kind: 'invalid-setting', key: 'LIMIT', line: null }]);
  });

  it('says nothing of a setting whose line is faulty already', () => {
    const { entries, faults } = resolved({ LIMIT }, 'LIMIT=1\nLIMIT=2\n');
    expect(faults).toEqual([]);
    expect(entries).toEqual([]);
  });

  it('calls nothing missing in a file that could not be read to its end', () => {
    expect(resolved({ NAME: z.string() }, 'A="open\n').faults).toEqual([]);
  });

  it('uses an entry again that is as it was, and its value when only its place has changed', () => {
    const list = z.string().transform((text) => text.split(','));
    const before = resolved({ LIST: list }, 'LIST=a,b\nEXTRA=1\n');
    const after = resolved({ LIST: list }, '\nLIST=a,b\nEXTRA=1\n', {
      previous: EntryTable.from(before.entries),
    });
    expect(after.entries.map(({ key, line }) => [key, line])).toEqual([
      ['EXTRA', 3],
      ['LIST', 2],
    ]);
    expect(after.settings['LIST']).toBe(before.settings['LIST']);
  });
});

const valued = (value: unknown): Resolution =>
  resolved({ KEY: z.string().transform(() => value) }, 'KEY=x\n');

describe('a value of a schema', () => {
  it.each<[value: unknown, found: string]>([
    [new Map(), 'a Map'],
    [new Set(), 'a Set'],
    [() => 1, 'a function'],
    [Number.NaN, 'NaN'],
    [{ deep: [Infinity] }, 'Infinity'],
  ])('is a fault that names the key when it cannot be compared: %o', (value, found) => {
    expect(valued(value).faults).toEqual([{ kind: 'unsupported-value', key: 'KEY', line: 1, found }]);
  });

  it('is a fault, too, when it comes from a default', () => {
    expect(resolved({ KEY: z.any().default(new Map()) }, '# nothing\n').faults).toMatchObject([
      { kind: 'unsupported-value', key: 'KEY', line: null, found: 'a Map' },
    ]);
  });

  it.each([new Date(0), 12n, null, { at: new Date(0), most: 1n }, ['a', { b: true }]])(
    'is taken when it can: %o',
    (value) => {
      expect(valued(value)).toMatchObject({ faults: [], settings: { KEY: value } });
    },
  );

  it('is frozen to the bottom', () => {
    const { settings } = valued({ items: [{ name: 'a' }] });
    const { KEY } = settings;
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(KEY)).toBe(true);
    expect(() => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was put in, without its protection
      (KEY as { items: { name: string }[] }).items[0]!.name = 'b';
    }).toThrow(TypeError);
  });

  it('is invalid when the schema throws', () => {
    const json = z.string().transform((text): unknown => JSON.parse(text));
    expect(resolved({ KEY: json }, 'KEY={\n').faults).toMatchObject([
      { kind: 'invalid-setting', key: 'KEY' },
    ]);
  });
});

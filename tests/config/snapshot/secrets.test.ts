import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { definitionsOf } from '../../../src/config/settings/definition.js';
import { secretsAmong, secretsIn } from '../../../src/config/snapshot/secrets.js';
import { snapshotOf } from '../../support/snapshot-of.js';

const settings = {
  NAME: z.string(),
  SIZE: z.string(),
  SECRET: z.string().meta({ secret: true }),
};
const definitions = definitionsOf(settings);

describe('the secrets among values', () => {
  it('are those of secret settings, and what is called or looks so', () => {
    const values = {
      SECRET: 'declared',
      NAME: 'plain',
      SIZE: 'https://u:p@h',
      my_token: 'called so',
      extra: 'ghp_0123456789abcdef',
      other: 'plain',
      EMPTY_TOKEN: '',
      NO_TOKEN: undefined,
    };
    expect([...secretsAmong(definitions, values)]).toEqual([
      { text: 'declared', isDeclared: true },
      { text: 'https://u:p@h', isDeclared: true },
      { text: 'called so', isDeclared: false },
      { text: 'ghp_0123456789abcdef', isDeclared: false },
    ]);
    expect([...secretsAmong(definitions, values, new Set(['SECRET', 'SIZE', 'extra']))]).toEqual([
      { text: 'called so', isDeclared: false },
    ]);
  });

  it('are not mistaken for settings by the names of parts of every object', () => {
    expect([...secretsAmong(definitions, { constructor: 'ghp_0123456789abcdef' })]).toHaveLength(1);
  });
});

describe('the secrets in entries', () => {
  it('are the text with its typed value, and what a second assignment assigns', () => {
    const typed = {
      KEYS: z
        .string()
        .transform((text) => ({ list: text.split(',').map((part) => part.trim()) }))
        .meta({ secret: true }),
    };
    const { entries } = snapshotOf(typed, 'KEYS=one, two\nNOTE=a KEYS=three');
    expect([...secretsIn(entries)]).toEqual([
      { text: 'one, two', value: { list: ['one', 'two'] }, isDeclared: true },
      { text: 'a KEYS=three', value: 'a KEYS=three', isDeclared: false },
      { text: 'three', isDeclared: true },
    ]);
  });
});

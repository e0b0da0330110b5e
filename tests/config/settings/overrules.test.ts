import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { definitionsOf } from '../../../src/config/settings/definition.js';
import { differing, isHidden, NO_OVERRULES, overrulesOf } from '../../../src/config/settings/overrules.js';
import { commaSeparated } from '../../../src/config/settings/schemas.js';

const list = commaSeparated(/^\w+$/).default([]);
const definitions = definitionsOf({
  SHOW: list.meta({ listsKeys: 'public' }),
  HIDE: list.meta({ listsKeys: 'secret' }),
  NAME: z.string().default(''),
});

function from(texts: Record<string, string>, before: Record<string, unknown> = {}) {
  return overrulesOf(
    definitions,
    (key) => texts[key],
    (key) => before[key],
  );
}

describe('what the operator says of keys', () => {
  it('is read from the settings that list keys', () => {
    expect(from({ SHOW: 'A, B', HIDE: 'C', NAME: 'D' })).toEqual({
      publicKeys: new Set(['A', 'B']),
      secretKeys: new Set(['C']),
    });
    expect(from({})).toBe(NO_OVERRULES);
  });

  it('is what it was while a list is wrong', () => {
    expect(from({ HIDE: 'no key' }, { HIDE: ['C'] }).secretKeys).toEqual(new Set(['C']));
  });

  it('overrules a guess; in doubt, a value is hidden', () => {
    const overrules = from({ SHOW: 'A,B', HIDE: 'B,C' });
    const hidden = ['A', 'B', 'C', 'D'].map((key) => [
      isHidden(key, true, overrules),
      isHidden(key, false, overrules),
    ]);
    expect(hidden).toEqual([
      [false, false],
      [true, true],
      [true, true],
      [true, false],
    ]);
  });

  it('differs in the keys of which something else is said', () => {
    expect(differing(from({ SHOW: 'A,B' }), from({ SHOW: 'B', HIDE: 'C' }))).toEqual(new Set(['A', 'C']));
    expect(differing(NO_OVERRULES, NO_OVERRULES).size).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { definitionsOf } from '../../../src/config/settings/definition.js';
import { meantKey } from '../../../src/config/settings/misspellings.js';

function declared(...keys: string[]) {
  return definitionsOf(Object.fromEntries(keys.map((key) => [key, z.string()])));
}

describe('a misspelt key', () => {
  const definitions = declared('LOG_LEVEL', 'LOG_LABEL', 'MAX_USER_MEMORY', 'PORT');

  it.each([
    ['LOG_LEVL', 'LOG_LEVEL'],
    ['log_level', 'LOG_LEVEL'],
    ['log-level', 'LOG_LEVEL'],
    ['log.level', 'LOG_LEVEL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['LOG_LABEL2', 'LOG_LABEL'],
    ['MAX_USERS_MEMORY', 'MAX_USER_MEMORY'],
    ['MAX_MEMORY', 'MAX_USER_MEMORY'],
    ['PROT', 'PORT'],
    ['PORTAL', 'PORT'],
  ])('%s probably means %s', (key, meant) => {
    expect(meantKey(key, definitions)).toBe(meant);
  });

  it.each(['NODE_ENV', 'MEMORY', 'X', 'PORTALS', 'PASS', 'LOG_FORMAT'])('%s means nothing else', (key) => {
    expect(meantKey(key, definitions)).toBeNull();
  });

  it('means the nearest of several, and the first of equals', () => {
    expect(meantKey('LOG_LEBEL', definitions)).toBe('LOG_LEVEL');
    expect(meantKey('AB_X', declared('AB_Y', 'AB_X1', 'AB_X'))).toBe('AB_X');
    expect(meantKey('AB_X', declared('AB_Y', 'AB_Z'))).toBe('AB_Y');
  });

  it('may differ by a third of the declared key, and no more', () => {
    expect(meantKey('ABCDEFxxx', declared('ABCDEFGHI'))).toBe('ABCDEFGHI');
    expect(meantKey('ABCDExxxx', declared('ABCDEFGHI'))).toBeNull();
  });

  it('means nothing where nothing is declared', () => {
    expect(meantKey('ANYTHING', new Map())).toBeNull();
  });
});

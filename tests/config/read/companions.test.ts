import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { companionPath, companionPaths } from '../../../src/config/read/companions.js';
import { definitionsOf } from '../../../src/config/settings/definition.js';

const definitions = definitionsOf({
  PROMPT: z.string().default('default.txt').meta({ readsFile: true }),
  RULES: z.string().optional().meta({ readsFile: true }),
  NAME: z.string().default('name.txt'),
});

const pathsOf = (values: Record<string, string>, environment: Record<string, string> = {}): string[] => [
  ...companionPaths(definitions, values, environment),
];

describe('the files that settings name', () => {
  it('are those of the file before the environment before the default', () => {
    expect(pathsOf({ PROMPT: 'file.txt' }, { PROMPT: 'environment.txt' })).toEqual(['file.txt']);
    expect(pathsOf({ PROMPT: '' }, { PROMPT: 'environment.txt' })).toEqual(['environment.txt']);
    expect(pathsOf({})).toEqual(['default.txt']);
  });

  it('are each read once, however many settings name them', () => {
    expect(pathsOf({ PROMPT: 'same.txt', RULES: ' same.txt ' })).toEqual(['same.txt']);
  });

  it('are none of settings that do not read files', () => {
    expect(pathsOf({ NAME: 'other.txt' })).toEqual(['default.txt']);
  });
});

it.each([
  [' a.txt\t', 'a.txt'],
  ['  ', ''],
  [undefined, ''],
])('%j leads to %j', (text, path) => {
  expect(companionPath(text)).toBe(path);
});

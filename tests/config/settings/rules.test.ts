import { describe, expect, it, vi } from 'vitest';

import { brokenRules, type Rule, uncheckable } from '../../../src/config/settings/rules.js';

interface Settings {
  readonly LEAST: number;
  readonly MOST: number;
}

const objection = { key: 'MOST', problem: 'it is below LEAST', remedy: 'raise it' };

const inOrder: Rule<Settings> = {
  keys: ['LEAST', 'MOST'],
  check: ({ LEAST, MOST }) => (LEAST <= MOST ? [] : [objection]),
};

describe('a rule over several settings', () => {
  it('objects with all the keys it looks at', () => {
    expect(brokenRules([inOrder], { LEAST: 2, MOST: 1 })).toEqual([
      { keys: ['LEAST', 'MOST'], ...objection },
    ]);
  });

  it('lets pass what it does not object to', () => {
    expect(brokenRules([inOrder], { LEAST: 1, MOST: 2 })).toEqual([]);
  });

  it('is not asked while one of its settings is missing', () => {
    const check = vi.fn<() => []>(() => []);
    const incomplete: Partial<Settings> = { LEAST: 1 };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the engine has when a setting is faulty
    expect(brokenRules([{ keys: ['LEAST', 'MOST'], check }], incomplete as Settings)).toEqual([]);
    expect(check).not.toHaveBeenCalled();
  });

  it('that throws objects, in passing, and does not silence the others', () => {
    const failing: Rule<Settings> = {
      keys: ['LEAST'],
      check: () => {
        throw new Error('no disk');
      },
    };
    const broken = brokenRules([failing, inOrder], { LEAST: 2, MOST: 1 });
    expect(broken).toHaveLength(2);
    expect(broken[0]).toMatchObject({
      key: 'LEAST',
      problem: 'it could not be checked: no disk',
      passing: true,
    });
  });
});

it('a check without keys that failed belongs to none', () => {
  expect(uncheckable([], 'why')).toMatchObject({ key: '', problem: 'it could not be checked: why' });
});

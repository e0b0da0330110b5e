import { describe, expect, it } from 'vitest';

import { Entry, type EntryContent, type Origin } from '../../../src/config/snapshot/entry.js';

const content: EntryContent = {
  key: 'LIST',
  text: ' a,b',
  value: ['a', 'b'],
  sensitive: false,
  declared: true,
  perProcess: false,
  second: null,
  meant: null,
  companion: null,
};

function entry(over: Partial<EntryContent> = {}, origin: Origin = { kind: 'file', line: 3 }): Entry {
  return new Entry({ ...content, ...over }, origin, false);
}

describe('an entry', () => {
  it('holds what is known of its key, and cannot be changed', () => {
    expect(entry()).toMatchObject({
      ...content,
      origin: { kind: 'file', line: 3 },
      shadowsEnvironment: false,
    });
    expect(Object.isFrozen(entry())).toBe(true);
  });

  it.each<[Origin, supplied: boolean, line: number | null]>([
    [{ kind: 'file', line: 3 }, true, 3],
    [{ kind: 'environment' }, true, null],
    [{ kind: 'default' }, false, null],
  ])('from %j says whether it was supplied, and where', (origin, supplied, line) => {
    expect(entry({}, origin)).toMatchObject({ supplied, line });
  });

  it('shows its effective value, and a mask for a secret', () => {
    expect(entry().shown).toBe('a,b');
    expect(entry({ sensitive: true }).shown).toBe('[hidden]');
  });

  it('shows which content the file has that its value names', () => {
    const named = { value: 'prompt.txt', companion: 'abcdef0123456789'.repeat(4) };
    expect(entry(named).shown).toBe('prompt.txt (abcdef012345)');
    expect(entry({ ...named, sensitive: true }).shown).toBe('[hidden]');
  });

  it('has a fragment that is equal exactly when key, effective value and content of the file are', () => {
    expect(entry().fragment).toBe('"LIST":["a","b"]');
    expect(entry({ text: 'a, b' }).fragment).toBe(entry().fragment);
    const others = [{ key: 'L' }, { value: ['a'] }, { companion: 'abc' }, { companion: 'abd' }];
    expect(new Set(others.map((over) => entry(over).fragment)).size).toBe(4);
    expect(new Entry(entry(), { kind: 'default' }, false).fragment).toBe(entry().fragment);
  });
});

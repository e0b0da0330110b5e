import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EntryTable } from '../../../src/config/snapshot/entry-table.js';
import { entryOf as entry } from '../../support/entry-of.js';

describe('a table of entries', () => {
  it('finds every entry by its key, and nothing else', () => {
    const table = EntryTable.from([entry('b'), entry('a'), entry('constructor')]);
    expect(table.size).toBe(3);
    expect(table.get('a')?.key).toBe('a');
    expect(table.get('constructor')?.key).toBe('constructor');
    expect(table.get('toString')).toBeUndefined();
  });

  it('is in the order of code units', () => {
    const keys = ['b', 'B', '_', '10', '9', 'a.b', 'a-b', 'ab'];
    const table = EntryTable.from(keys.map((key) => entry(key)));
    expect([...table].map(({ key }) => key)).toEqual(keys.toSorted());
  });

  it('stays as it is when its successor differs', () => {
    const before = EntryTable.from([entry('a'), entry('b')]);
    const after = EntryTable.from([entry('a', 'new'), entry('c')], before);
    expect([...before].map(({ key, text }) => [key, text])).toEqual([
      ['a', 'x'],
      ['b', 'x'],
    ]);
    expect([...after].map(({ key, text }) => [key, text])).toEqual([
      ['a', 'new'],
      ['c', 'x'],
    ]);
    expect(after.get('b')).toBeUndefined();
    expect(Object.isFrozen(after)).toBe(true);
  });

  it('is aligned with the one before while the keys stay the same', () => {
    const before = EntryTable.from([entry('a'), entry('b')]);
    expect(EntryTable.from([entry('b', 'new'), entry('a')], before).isAlignedWith(before)).toBe(true);
    expect(EntryTable.from([entry('b')], before).isAlignedWith(before)).toBe(false);
  });

  it('is what was put into it, whatever was there before', () => {
    const keys = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'B', '_', '1'), maxLength: 3 }),
    );
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        const first = EntryTable.from(before.map((key) => entry(key, 'before')));
        const second = EntryTable.from(
          after.map((key) => entry(key, 'after')),
          first,
        );
        expect([...second].map(({ key }) => key)).toEqual(after.toSorted());
        expect(after.every((key) => second.get(key)?.text === 'after')).toBe(true);
        expect(before.every((key) => second.get(key) === undefined || after.includes(key))).toBe(true);
        expect([...first].every(({ text }) => text === 'before')).toBe(true);
      }),
      { seed: 20_270, numRuns: 500 },
    );
  });
});

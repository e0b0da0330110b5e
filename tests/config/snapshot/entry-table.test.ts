import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type EntryTable, EntryTableBuilder } from '../../../src/config/snapshot/entry-table.js';
import { Entry } from '../../../src/config/snapshot/entry.js';

function entry(key: string, text = 'x'): Entry {
  const content = { key, text, value: text, sensitive: false, declared: false, meant: null, companion: null };
  return new Entry(content, { kind: 'file', line: 1 }, false);
}

function fill(builder: EntryTableBuilder, entries: Iterable<Entry>): EntryTable {
  for (const each of entries) {
    builder.previous(each.key);
    builder.put(each);
  }
  return builder.build();
}

describe('a table of entries', () => {
  it('finds every entry by its key, and nothing else', () => {
    const table = fill(new EntryTableBuilder(), [entry('b'), entry('a'), entry('constructor')]);
    expect(table.size).toBe(3);
    expect(table.get('a')?.key).toBe('a');
    expect(table.get('constructor')?.key).toBe('constructor');
    expect(table.get('toString')).toBeUndefined();
  });

  it('is in the order of code units', () => {
    const keys = ['b', 'B', '_', '10', '9', 'a.b', 'a-b', 'ab'];
    const table = fill(
      new EntryTableBuilder(),
      keys.map((key) => entry(key)),
    );
    expect([...table].map(({ key }) => key)).toEqual(keys.toSorted());
  });

  it('stays as it is when its successor differs', () => {
    const before = fill(new EntryTableBuilder(), [entry('a'), entry('b')]);
    const after = fill(before.successor(), [entry('a', 'new'), entry('c')]);
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

  it('hands out the entry before', () => {
    const a = entry('a');
    const builder = fill(new EntryTableBuilder(), [a]).successor();
    expect(builder.previous('a')).toBe(a);
    expect(builder.previous('b')).toBeUndefined();
  });

  it('is what was put into it, whatever was there before', () => {
    const keys = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'B', '_', '1'), maxLength: 3 }),
    );
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        const first = fill(
          new EntryTableBuilder(),
          before.map((key) => entry(key, 'before')),
        );
        const second = fill(
          first.successor(),
          after.map((key) => entry(key, 'after')),
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

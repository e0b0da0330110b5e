import { describe, expect, it } from 'vitest';

import { type EntryTable, EntryTableBuilder } from '../../../src/config/snapshot/entry-table.js';
import { Entry, type Origin } from '../../../src/config/snapshot/entry.js';
import { EnvironmentMirror } from '../../../src/lib/operations/environment-mirror.js';

const FILE: Origin = { kind: 'file', line: 1 };

function table(...entries: [key: string, text: string, origin: Origin][]): EntryTable {
  const builder = new EntryTableBuilder();
  for (const [key, text, origin] of entries) {
    builder.previous(key);
    const content = {
      key,
      text,
      value: text,
      sensitive: false,
      declared: false,
      meant: null,
      companion: null,
    };
    builder.put(new Entry(content, origin, false));
  }
  return builder.build();
}

describe('EnvironmentMirror', () => {
  it('sets what the file sets', () => {
    const target: NodeJS.ProcessEnv = {};
    new EnvironmentMirror(target, {}).follow(table(['A', '1', FILE]));
    expect(target).toEqual({ A: '1' });
  });

  it('writes no defaults into the environment', () => {
    const target: NodeJS.ProcessEnv = {};
    new EnvironmentMirror(target, {}).follow(table(['A', '1', { kind: 'default' }]));
    expect(target).toEqual({});
  });

  it('deletes what the file no longer sets', () => {
    const target: NodeJS.ProcessEnv = { OTHER: 'x' };
    const mirror = new EnvironmentMirror(target, { OTHER: 'x' });
    mirror.follow(table(['A', '1', FILE], ['B', '2', FILE]));
    mirror.follow(table(['B', '2', FILE]));
    expect(target).toEqual({ B: '2', OTHER: 'x' });
  });

  it('restores what the file no longer hides', () => {
    const target: NodeJS.ProcessEnv = { A: 'original', B: 'kept' };
    const mirror = new EnvironmentMirror(target, { A: 'original', B: 'kept' });
    mirror.follow(table(['A', 'hidden', FILE], ['B', 'hidden', FILE]));
    expect(target).toEqual({ A: 'hidden', B: 'hidden' });
    mirror.follow(table(['A', 'original', { kind: 'environment' }]));
    expect(target).toEqual({ A: 'original', B: 'kept' });
  });
});

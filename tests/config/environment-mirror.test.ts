import { describe, expect, it } from 'vitest';

import { EnvironmentMirror } from '../../src/config/environment-mirror.js';
import { EntryTable } from '../../src/config/snapshot/entry-table.js';
import type { Origin } from '../../src/config/snapshot/entry.js';
import { atOnce } from '../../src/config/steps.js';
import { entryOf } from '../support/entry-of.js';

const FILE: Origin = { kind: 'file', line: 1 };

function table(...entries: [key: string, text: string, origin: Origin][]): EntryTable {
  return EntryTable.from(entries.map(([key, text, origin]) => entryOf(key, text, origin)));
}

function follow(mirror: EnvironmentMirror, entries: EntryTable): void {
  atOnce(mirror.follow(entries));
}

describe('EnvironmentMirror', () => {
  it('sets what the file sets', () => {
    const target: NodeJS.ProcessEnv = {};
    follow(new EnvironmentMirror(target, {}), table(['A', '1', FILE]));
    expect(target).toEqual({ A: '1' });
  });

  it('writes no defaults into the environment', () => {
    const target: NodeJS.ProcessEnv = {};
    follow(new EnvironmentMirror(target, {}), table(['A', '1', { kind: 'default' }]));
    expect(target).toEqual({});
  });

  it('deletes what the file no longer sets', () => {
    const target: NodeJS.ProcessEnv = { OTHER: 'x' };
    const mirror = new EnvironmentMirror(target, { OTHER: 'x' });
    follow(mirror, table(['A', '1', FILE], ['B', '2', FILE]));
    follow(mirror, table(['B', '2', FILE]));
    expect(target).toEqual({ B: '2', OTHER: 'x' });
  });

  it('restores what the file no longer hides', () => {
    const target: NodeJS.ProcessEnv = { A: 'original', B: 'kept' };
    const mirror = new EnvironmentMirror(target, { A: 'original', B: 'kept' });
    follow(mirror, table(['A', 'hidden', FILE], ['B', 'hidden', FILE]));
    expect(target).toEqual({ A: 'hidden', B: 'hidden' });
    follow(mirror, table(['A', 'original', { kind: 'environment' }]));
    expect(target).toEqual({ A: 'original', B: 'kept' });
  });
});

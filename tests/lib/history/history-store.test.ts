import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { HistoryStore, KEPT_MS, MOST_KEPT } from '../../../src/lib/history/history-store.js';
import type { ReloadRecord } from '../../../src/lib/history/reload-record.js';

let directory: string;
let file: string;
let store: HistoryStore;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'history-'));
  file = path.join(directory, 'memory.db');
  store = await HistoryStore.open(file);
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

function record(at: number, key: string, parts: Partial<ReloadRecord> = {}): ReloadRecord {
  return {
    at,
    lastAt: at,
    times: 1,
    outcome: 'applied',
    triggers: 'watch',
    before: 'a',
    after: 'b',
    faults: [],
    changes: [{ kind: 'added', key, declared: true, sensitive: false, before: null, after: 'v' }],
    ...parts,
  };
}

const UNCHANGED = { outcome: 'unchanged', changes: [], after: 'a' } as const;

describe('the stored history', () => {
  it('gives back what it was given, the newest first, after a restart too', async () => {
    const first = record(1, 'ONE');
    const second = record(2, 'TWO', { outcome: 'rejected', faults: ['.env:1 a "fault"\0'], changes: [] });
    store.add([first], 2);
    store.add([second], 2);
    store.close();
    store = await HistoryStore.open(file);
    // JSON writes the NUL as text.
    expect(store.list(null, 10)).toEqual([second, first]);
    expect(store.list(null, 1)).toHaveLength(1);
  });

  it('finds the reloads that changed a key', () => {
    store.add([record(1, 'ONE'), record(2, 'TWO'), record(3, 'ONE')], 3);
    expect(store.list('ONE', 10).map(({ at }) => at)).toEqual([3, 1]);
    expect(store.list("O' OR 1=1 --", 10)).toEqual([]);
    expect(store.keys()).toEqual(['ONE', 'TWO']);
  });

  it('counts reloads in a row of which the same can be said', () => {
    store.add([record(1, '', UNCHANGED), record(2, '', UNCHANGED)], 2);
    store.add([record(3, '', UNCHANGED)], 3);
    expect(store.list(null, 10)).toEqual([record(1, '', { ...UNCHANGED, lastAt: 3, times: 3 })]);
  });

  it('keeps a thousand reloads, for ninety days', () => {
    const many = Array.from({ length: MOST_KEPT + 5 }, (_, index) => record(index, `KEY${String(index)}`));
    store.add(many, 0);
    expect(store.list(null, 5000)).toHaveLength(MOST_KEPT);
    expect(store.keys()).toHaveLength(MOST_KEPT);
    expect(store.list('KEY0', 1)).toEqual([]);
    store.add([record(KEPT_MS + 1003, 'LATE')], KEPT_MS + 1003);
    expect(store.keys()).toEqual(['KEY1003', 'KEY1004', 'LATE']);
  });
});

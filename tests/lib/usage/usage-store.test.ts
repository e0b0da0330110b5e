import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SqliteUsageStore } from '../../../src/lib/usage/usage-store.js';
import { NO_USAGE } from '../../../src/lib/usage/usage.js';

const TODAY = '2026-11-24';
const TOMORROW = '2026-11-25';

let directory: string;
let file: string;
let store: SqliteUsageStore;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'usage-'));
  file = path.join(directory, 'memory.db');
  store = await SqliteUsageStore.open(file);
});

afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

function use(day: string, ...people: readonly string[]): Promise<void> {
  return store.add(day, new Map(people.map((id) => [id, { requests: 1, input: 10, output: 5 }])));
}

describe('the store of usage', () => {
  it('adds up what each has used, and everybody, and keeps it', async () => {
    expect(await store.usageOf(TODAY, 'alice')).toEqual(NO_USAGE);
    expect(await store.total(TODAY)).toEqual({ ...NO_USAGE, people: 0 });
    await use(TODAY, 'alice', 'bob');
    await use(TODAY, 'alice');
    store.close();
    store = await SqliteUsageStore.open(file);
    expect(await store.usageOf(TODAY, 'alice')).toEqual({ requests: 2, input: 20, output: 10 });
    expect(await store.usageOf(TODAY, 'bob')).toEqual({ requests: 1, input: 10, output: 5 });
    expect(await store.total(TODAY)).toEqual({ requests: 3, input: 30, output: 15, people: 2 });
  });

  it('starts every day with nothing, and forgets the days before', async () => {
    await use(TODAY, 'alice');
    expect(await store.usageOf(TOMORROW, 'alice')).toEqual(NO_USAGE);
    await use(TOMORROW, 'bob');
    expect(await store.total(TODAY)).toEqual({ ...NO_USAGE, people: 0 });
  });

  it('can be read while another process writes, and adds when it has finished', async () => {
    await use(TODAY, 'alice');
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    expect(await store.usageOf(TODAY, 'alice')).toMatchObject({ requests: 1 });
    const adding = use(TODAY, 'alice');
    other.exec('ROLLBACK');
    other.close();
    await adding;
    expect(await store.usageOf(TODAY, 'alice')).toMatchObject({ requests: 2 });
  });
});

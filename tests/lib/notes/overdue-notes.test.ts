import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { NoteStore } from '../../../src/lib/notes/note-store.js';
import type { NoteOwner } from '../../../src/lib/notes/note.js';
import {
  countOverdue,
  deleteOverdue,
  GRACE_MS,
  overdueInWords,
} from '../../../src/lib/notes/overdue-notes.js';

const NOON = Date.UTC(2026, 10, 24, 12);
const ROOM_FOR_ALL = 100_000;
const alice: NoteOwner = { kind: 'user', id: '1' };
const home: NoteOwner = { kind: 'server', id: '1' };

let directory: string;
let store: NoteStore;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'notes-'));
  store = await NoteStore.open(path.join(directory, 'memory.db'));
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

function fill(owner: NoteOwner, count: number): void {
  for (let id = 1; id <= count; id++)
    store.add(owner, `note ${String(id)}`, { at: NOON, limit: ROOM_FOR_ALL });
}

function left(owner: NoteOwner): number {
  return store.countOf(owner, ROOM_FOR_ALL);
}

describe('notes beyond the limit', () => {
  it('are counted for every owner of a kind', async () => {
    for (let user = 0; user < 450; user++) fill({ kind: 'user', id: String(user) }, 3);
    fill(home, 5);
    expect(await countOverdue(store, 'user', 2)).toBe(450);
    expect(await countOverdue(store, 'server', 2)).toBe(3);
    expect(await countOverdue(store, 'server', 5)).toBe(0);
  });

  it('stay for a day, which begins anew with every change of the limit', async () => {
    fill(alice, 5);
    expect(await deleteOverdue(store, 'user', 2, NOON)).toBe(0);
    expect(await deleteOverdue(store, 'user', 2, NOON + GRACE_MS - 1)).toBe(0);
    expect(await deleteOverdue(store, 'user', 1, NOON + GRACE_MS)).toBe(0);
    expect(left(alice)).toBe(5);
    expect(await deleteOverdue(store, 'user', 1, NOON + 2 * GRACE_MS)).toBe(4);
    expect(store.notesOf(alice, ROOM_FOR_ALL).map(({ text }) => text)).toEqual(['note 5']);
  });

  it('are deleted to the last, however many there are, and of no other kind', async () => {
    fill(alice, 1500);
    for (let user = 10; user < 450; user++) fill({ kind: 'user', id: String(user) }, 3);
    fill(home, 5);
    await deleteOverdue(store, 'user', 1, NOON);
    expect(await deleteOverdue(store, 'user', 1, NOON + GRACE_MS)).toBe(1499 + 440 * 2);
    expect([left(alice), left({ kind: 'user', id: '449' }), left(home)]).toEqual([1, 1, 5]);
  });
});

function worded(count: number): Promise<string | null> {
  return overdueInWords({ excess: () => ({ last: null, count }) }, 'user', 1, 1000);
}

it('notes beyond a limit are put in words, and in time', async () => {
  expect(await Promise.all([0, 1, 2].map(worded))).toEqual([null, 'the oldest note', 'the 2 oldest notes']);
  let owner = 0;
  const endless = { excess: () => ({ last: ++owner < 1e6 ? owner : null, count: 1 }) };
  expect(await overdueInWords(endless, 'user', 1, 5)).toBe('very many notes');
  owner = 1e6;
});

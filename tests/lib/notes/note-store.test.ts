import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { NoteStore } from '../../../src/lib/notes/note-store.js';
import { noteChoices } from '../../../src/lib/notes/note-view.js';
import { isNoteText, type NoteOwner } from '../../../src/lib/notes/note.js';

const alice: NoteOwner = { kind: 'user', id: '100000000000000001' };
const bob: NoteOwner = { kind: 'user', id: '100000000000000002' };
/** An id is an owner's only together with its kind. */
const home: NoteOwner = { kind: 'server', id: alice.id };

const NOON = Date.UTC(2026, 10, 24, 12);
const ROOM_FOR_ALL = 1_000_000;

let directory: string;
let file: string;
let store: NoteStore;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'notes-'));
  file = path.join(directory, 'memory.db');
  store = await NoteStore.open(file);
});

afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

function add(owner: NoteOwner, text: string, limit = ROOM_FOR_ALL, at = NOON) {
  return store.add(owner, text, { at, limit });
}

function textsOf(owner: NoteOwner): string[] {
  return store.notesOf(owner, ROOM_FOR_ALL).map(({ text }) => text);
}

/** Hundreds of thousands of notes by themselves would take a minute. */
function fill(owners: number, notesEach: number): void {
  const database = new Database(file);
  const owner = database.prepare("INSERT INTO owners (key, kind, id, last_note) VALUES (?, 'user', ?, ?)");
  const insert = database.prepare('INSERT INTO notes (owner, id, text, at) VALUES (?, ?, ?, 0)');
  database.transaction(() => {
    for (let key = 1000; key < 1000 + owners; key += 1) {
      owner.run(key, `owner ${key}`, notesEach);
      for (let id = 1; id <= notesEach; id += 1) insert.run(key, id, `note ${id}`);
    }
  })();
  database.close();
}

describe('the store of notes', () => {
  it('keeps notes in the order in which they came, with their time', () => {
    expect(store.notesOf(alice, ROOM_FOR_ALL)).toEqual([]);
    expect(add(alice, 'first')).toEqual({ id: 1, text: 'first', at: NOON, dropped: 0 });
    add(alice, 'second', ROOM_FOR_ALL, NOON - 1);
    expect(store.notesOf(alice, ROOM_FOR_ALL)).toEqual([
      { id: 1, text: 'first', at: NOON },
      { id: 2, text: 'second', at: NOON - 1 },
    ]);
  });

  it('survives being closed and opened', async () => {
    add(alice, 'still here');
    store.close();
    store = await NoteStore.open(file);
    expect(textsOf(alice)).toEqual(['still here']);
    expect(add(alice, 'next').id).toBe(2);
  });

  it.each([
    ['SQL', 'it\'s; DROP TABLE notes; -- "quoted" ? :a $b'],
    ['white space', '  spaces and\n\tlines  '],
    ['any script', '👩‍👩‍👧 ünïcödé مرحبا'],
    ['500 letters', 'x'.repeat(500)],
    ['500 emoji', '😀'.repeat(500)],
  ])('stores %s as given', (_what, text) => {
    add(alice, text);
    expect(textsOf(alice)).toEqual([text]);
  });

  it('replaces what the database cannot hold, and cuts nothing off', () => {
    expect(add(alice, 'before\0after\uD800end').text).toBe('before\uFFFDafter\uFFFDend');
    expect(textsOf(alice)).toEqual(['before\uFFFDafter\uFFFDend']);
  });

  it.each([
    ['nothing', ''],
    ['only white space', ' \n '],
    ['501 letters', 'x'.repeat(501)],
    ['501 emoji', '😀'.repeat(501)],
  ])('refuses %s as a note', (_what, text) => {
    expect(isNoteText(text)).toBe(false);
    expect(() => add(alice, text)).toThrow(RangeError);
    expect(textsOf(alice)).toEqual([]);
  });

  it('gives a number only once', () => {
    add(alice, 'first');
    add(alice, 'second');
    store.forget(alice, 2);
    expect(add(alice, 'third').id).toBe(3);
  });

  it('says when there is no such note', () => {
    add(alice, 'first');
    expect(store.forget(alice, 2)).toBe(false);
    expect(store.forget(alice, 1)).toBe(true);
    expect(store.forget(alice, 1)).toBe(false);
  });
});

describe('owners', () => {
  beforeEach(() => {
    add(alice, 'a1');
    add(alice, 'a2');
    add(bob, 'b1');
    add(home, 'h1');
  });

  it('see only what is theirs, also when a server has the id of a user', () => {
    expect(textsOf(alice)).toEqual(['a1', 'a2']);
    expect(textsOf(bob)).toEqual(['b1']);
    expect(textsOf(home)).toEqual(['h1']);
  });

  it('have numbers of their own, which tell nothing of others', () => {
    expect(store.notesOf(bob, ROOM_FOR_ALL)[0]?.id).toBe(1);
    expect(add(home, 'h2').id).toBe(2);
  });

  it('can forget nothing of each other', () => {
    expect(store.forget(bob, 2)).toBe(false);
    expect(store.forget(home, 2)).toBe(false);
    expect(store.forget(bob, 1)).toBe(true);
    expect(textsOf(alice)).toEqual(['a1', 'a2']);
    expect(textsOf(home)).toEqual(['h1']);
  });

  it('clear only their own', () => {
    expect(store.clear(alice)).toBe(2);
    expect(store.clear(alice)).toBe(0);
    expect(textsOf(alice)).toEqual([]);
    expect(textsOf(bob)).toEqual(['b1']);
    expect(textsOf(home)).toEqual(['h1']);
  });

  it('leave nothing in the file when they clear', () => {
    add(alice, 'a very private note');
    store.clear(alice);
    store.close();
    const bytes = readFileSync(file);
    expect(bytes.includes('a very private note')).toBe(false);
    expect(bytes.includes('b1')).toBe(true);
  });
});

describe('the limit', () => {
  it('drops the oldest of the owner, and of nobody else', () => {
    for (const text of ['1', '2', '3']) add(alice, text);
    add(bob, 'b');
    expect(add(alice, '4', 3).dropped).toBe(1);
    expect(textsOf(alice)).toEqual(['2', '3', '4']);
    expect(textsOf(bob)).toEqual(['b']);
    expect(add(alice, '5', 2).dropped).toBe(2);
    expect(add(alice, '6', 1)).toMatchObject({ id: 6, dropped: 2 });
    expect(textsOf(alice)).toEqual(['6']);
  });

  it('hides what is beyond it, and nothing is lost when it is raised again', () => {
    for (const text of ['1', '2', '3']) add(alice, text);
    expect(store.notesOf(alice, 2).map(({ text }) => text)).toEqual(['2', '3']);
    expect(store.notesOf(alice, 0)).toEqual([]);
    expect([store.countOf(alice, 2), store.countOf(alice, 5)]).toEqual([2, 3]);
    expect(textsOf(alice)).toEqual(['1', '2', '3']);
  });

  it('counts from its last change, through restarts', async () => {
    expect(store.limitSince('user', 10, NOON)).toBe(NOON);
    expect(store.limitSince('user', 10, NOON + 1)).toBe(NOON);
    store.close();
    store = await NoteStore.open(file);
    expect(store.limitSince('user', 10, NOON + 2)).toBe(NOON);
    expect(store.limitSince('server', 10, NOON + 3)).toBe(NOON + 3);
    expect(store.limitSince('user', 9, NOON + 4)).toBe(NOON + 4);
  });
});

describe('many notes', () => {
  it('10,000 of one owner are listed, looked through and added to without a pause', () => {
    fill(1, 10_000);
    const owner: NoteOwner = { kind: 'user', id: 'owner 1000' };
    const start = performance.now();
    expect(store.notesOf(owner, ROOM_FOR_ALL)).toHaveLength(10_000);
    expect(noteChoices(store.notesOf(owner, ROOM_FOR_ALL), 'note 99', { mask: String })).toHaveLength(25);
    expect(add(owner, 'one more', 10_000)).toMatchObject({ id: 10_001, dropped: 1 });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('of 10,000 owners are trimmed a little at a time, and none of them slows another down', () => {
    fill(10_000, 5);
    const trimming = performance.now();
    expect(store.trim('user', 3, 0)).toBeLessThan(1000);
    expect(performance.now() - trimming).toBeLessThan(200);
    const start = performance.now();
    for (let count = 0; count < 100; count += 1)
      store.notesOf({ kind: 'user', id: `owner ${1000 + count}` }, ROOM_FOR_ALL);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

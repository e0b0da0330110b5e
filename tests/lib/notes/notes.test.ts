import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { NoteStore } from '../../../src/lib/notes/note-store.js';
import { listReply, noteChoices } from '../../../src/lib/notes/note-view.js';
import { isNoteText, type Note, type NoteOwner } from '../../../src/lib/notes/note.js';

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

function note(id: number, text: string): Note {
  return { id, text, at: NOON };
}

function textsOf(owner: NoteOwner): string[] {
  return store.notesOf(owner).map(({ text }) => text);
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
    expect(store.notesOf(alice)).toEqual([]);
    expect(add(alice, 'first')).toEqual({ id: 1, text: 'first', at: NOON, dropped: 0 });
    add(alice, 'second', ROOM_FOR_ALL, NOON - 1);
    expect(store.notesOf(alice)).toEqual([
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
    expect(store.notesOf(bob)[0]?.id).toBe(1);
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

  it('trims every owner of a kind, and counts what went', () => {
    for (const text of ['1', '2', '3']) for (const owner of [alice, bob, home]) add(owner, text);
    expect(store.trim({ user: 2, server: 100 })).toEqual({ user: 2, server: 0 });
    expect(textsOf(alice)).toEqual(['2', '3']);
    expect(textsOf(bob)).toEqual(['2', '3']);
    expect(textsOf(home)).toEqual(['1', '2', '3']);
    expect(store.trim({ user: 2, server: 0 })).toEqual({ user: 0, server: 3 });
    expect(textsOf(home)).toEqual([]);
    expect(store.trim({ user: 2, server: 0 })).toEqual({ user: 0, server: 0 });
  });
});

describe('many notes', () => {
  it('10,000 of one owner are listed, looked through and added to without a pause', () => {
    fill(1, 10_000);
    const owner: NoteOwner = { kind: 'user', id: 'owner 1000' };
    const start = performance.now();
    expect(store.notesOf(owner)).toHaveLength(10_000);
    expect(noteChoices(store.notesOf(owner), 'note 99', String)).toHaveLength(25);
    expect(add(owner, 'one more', 10_000)).toMatchObject({ id: 10_001, dropped: 1 });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('10,000 owners are trimmed at once, and none of them slows another down', () => {
    fill(10_000, 5);
    const trimming = performance.now();
    expect(store.trim({ user: 3, server: 3 })).toEqual({ user: 20_000, server: 0 });
    expect(performance.now() - trimming).toBeLessThan(3000);
    const start = performance.now();
    for (let count = 0; count < 100; count += 1) store.notesOf({ kind: 'user', id: `owner ${1000 + count}` });
    expect(performance.now() - start).toBeLessThan(500);
    expect(store.notesOf({ kind: 'user', id: 'owner 10999' }).map(({ id }) => id)).toEqual([3, 4, 5]);
  });
});

describe('the database', () => {
  it('is made with its directories, which nobody else may read', async () => {
    const deep = path.join(directory, 'not/yet/there/memory.db');
    const other = await NoteStore.open(deep);
    other.close();
    expect(statSync(path.dirname(deep)).mode & 0o777).toBe(0o700);
    expect(statSync(deep).mode & 0o777).toBe(0o600);
  });

  it('is one whole file when it is closed', () => {
    add(alice, 'in the file');
    store.close();
    const copy = path.join(directory, 'copy.db');
    writeFileSync(copy, readFileSync(file));
    const database = new Database(copy);
    expect(database.prepare('SELECT text FROM notes').all()).toMatchObject([{ text: 'in the file' }]);
    database.close();
  });

  it('has a version, and is not touched when a newer bot made it', async () => {
    store.close();
    const database = new Database(file);
    expect(database.pragma('user_version')).toEqual([{ user_version: 1 }]);
    database.exec('PRAGMA user_version = 7');
    database.close();
    await expect(NoteStore.open(file)).rejects.toThrow(/newer version of the bot made it \(schema 7/);
    store = await NoteStore.open(path.join(directory, 'another.db'));
  });

  it('takes an empty file for a new one', async () => {
    const empty = path.join(directory, 'empty.db');
    writeFileSync(empty, '');
    const other = await NoteStore.open(empty);
    expect(other.notesOf(alice)).toEqual([]);
    other.close();
  });

  it('is refused when it is something else', async () => {
    const text = path.join(directory, 'text.db');
    writeFileSync(text, 'this is no database '.repeat(1000));
    await expect(NoteStore.open(text)).rejects.toThrow(/not a database/);
    expect(readFileSync(text, 'utf8')).toMatch(/^this is no database/);
    mkdirSync(path.join(directory, 'folder.db'));
    await expect(NoteStore.open(path.join(directory, 'folder.db'))).rejects.toThrow(/EISDIR/);
    execFileSync('mkfifo', [path.join(directory, 'pipe.db')]);
    await expect(NoteStore.open(path.join(directory, 'pipe.db'))).rejects.toThrow(/ENXIO/);
    await expect(NoteStore.open(path.join(text, 'memory.db'))).rejects.toThrow(/ENOTDIR|EEXIST/);
  });

  it('is never looked for on the network', async () => {
    const cwd = process.cwd();
    process.chdir(directory);
    try {
      const other = await NoteStore.open('http://127.0.0.1:9/memory.db');
      other.close();
    } finally {
      process.chdir(cwd);
    }
    expect(statSync(path.join(directory, 'http:/127.0.0.1:9/memory.db')).isFile()).toBe(true);
  });

  it('waits a moment for another process that writes, then says so', () => {
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    expect(() => add(alice, 'not now')).toThrow(/locked/);
    expect(performance.now() - start).toBeGreaterThan(500);
    other.exec('ROLLBACK');
    other.close();
    add(alice, 'now');
    expect(textsOf(alice)).toEqual(['now']);
  });
});

describe('a list of notes', () => {
  it('shows the newest first, each on one line that does nothing', () => {
    const notes = [note(1, 'plain'), note(2, '`@everyone` <@1>\n# big\n||hidden|| [a](https://b.example)')];
    const seconds = NOON / 1000;
    expect(listReply('user', notes, 20).lines).toEqual([
      '📝 **Your notes** (2 of at most 20, newest first)',
      `\`#2\` <t:${seconds}:R> \`ˋ@everyoneˋ <@1> # big ||hidden|| [a](https://b.example)\``,
      `\`#1\` <t:${seconds}:R> \`plain\``,
    ]);
  });

  it('shows the longest note whole', () => {
    const text = '😀'.repeat(500);
    expect(listReply('server', [note(1, text)], 20).lines?.[1]).toContain(text);
  });

  it('offers at most 25 choices of at most 100 characters, newest first', () => {
    const notes = Array.from({ length: 60 }, (_, index) => note(index + 1, `${'😀'.repeat(200)}\n${index}`));
    const choices = noteChoices(notes, '', String);
    expect(choices).toHaveLength(25);
    expect(choices[0]?.value).toBe('60');
    for (const { name } of choices) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(name).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }
  });

  it('offers notes by their number and by their words', () => {
    const notes = [note(1, 'Likes TEA'), note(2, 'likes coffee'), note(12, 'Öl')];
    const offered = (typed: string): string[] => noteChoices(notes, typed, String).map(({ value }) => value);
    expect(offered('tea ')).toEqual(['1']);
    expect(offered('ö')).toEqual(['12']);
    expect(offered('1')).toEqual(['12', '1']);
    expect(offered('#2')).toEqual(['2']);
    expect(offered('nothing')).toEqual([]);
  });

  it('masks what it offers', () => {
    const choices = noteChoices([note(1, 'my secret')], '', (text) => text.replaceAll('secret', '•'));
    expect(choices).toEqual([{ name: '#1 my •', value: '1' }]);
  });
});

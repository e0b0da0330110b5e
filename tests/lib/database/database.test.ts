import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MIGRATIONS } from '../../../src/lib/database/migrations.js';
import { NoteStore } from '../../../src/lib/notes/note-store.js';
import type { NoteOwner } from '../../../src/lib/notes/note.js';

const alice: NoteOwner = { kind: 'user', id: '100000000000000001' };

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
    expect(database.pragma('user_version')).toEqual([{ user_version: MIGRATIONS.length }]);
    database.exec('PRAGMA user_version = 77');
    database.close();
    await expect(NoteStore.open(file)).rejects.toThrow(/newer version of the bot made it \(schema 77/);
    store = await NoteStore.open(path.join(directory, 'another.db'));
  });

  it('takes an empty file for a new one', async () => {
    const empty = path.join(directory, 'empty.db');
    writeFileSync(empty, '');
    const other = await NoteStore.open(empty);
    expect(other.notesOf(alice, ROOM_FOR_ALL)).toEqual([]);
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

  it('does not block the process while another one writes', () => {
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    for (let count = 0; count < 5; count++) expect(() => add(alice, 'not now')).toThrow(/locked/);
    expect(performance.now() - start).toBeLessThan(100);
    other.exec('ROLLBACK');
    other.close();
    add(alice, 'now');
    expect(textsOf(alice)).toEqual(['now']);
  });
});

import { closeSync, constants, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import type Libsql from 'libsql';
import { z } from 'zod';

import { makeDirectory } from '../log/make-directory.js';

/** Without O_NONBLOCK, opening a named pipe would block the process until somebody reads from it. */
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_NONBLOCK;

/** While another process, such as a backup, holds the database, SQLite would wait by blocking the whole bot. */
const BUSY_TIMEOUT_MS = 0;

const versionRow = z.object({ user_version: z.int() });

const PRAGMAS = [
  'journal_mode = WAL',
  // With a WAL, a power cut can lose the last notes but never harms the database (sqlite.org/pragma.html#pragma_synchronous).
  'synchronous = NORMAL',
  'foreign_keys = ON',
  // Forgotten notes are overwritten, not just unlinked.
  'secure_delete = ON',
];

/** Each migrates from the version of its index to the next; never change one that was released. */
const MIGRATIONS = [
  `
    CREATE TABLE owners (
      key INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('user', 'server')),
      id TEXT NOT NULL,
      last_note INTEGER NOT NULL,
      UNIQUE (kind, id)
    ) STRICT;
    CREATE TABLE notes (
      owner INTEGER NOT NULL REFERENCES owners (key),
      id INTEGER NOT NULL,
      text TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (owner, id)
    ) STRICT, WITHOUT ROWID;
  `,
  // Which limit is in effect, and since when: what is over it stays for a while.
  `
    CREATE TABLE limits (
      kind TEXT PRIMARY KEY CHECK (kind IN ('user', 'server')),
      value INTEGER NOT NULL,
      since INTEGER NOT NULL
    ) STRICT;
  `,
  // What became of every reload, and which keys each has changed.
  `
    CREATE TABLE reloads (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      times INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'unchanged', 'rejected')),
      triggers TEXT NOT NULL,
      before TEXT NOT NULL,
      after TEXT NOT NULL,
      faults TEXT NOT NULL
    ) STRICT;
    CREATE TABLE reload_changes (
      reload INTEGER NOT NULL REFERENCES reloads (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('added', 'modified', 'removed')),
      declared INTEGER NOT NULL,
      sensitive INTEGER NOT NULL,
      before TEXT,
      after TEXT,
      PRIMARY KEY (reload, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reload_changes_by_key ON reload_changes (key);
  `,
];

/**
 * Opens the database of notes, made with its directory when it is missing, in the newest version of its schema.
 *
 * @throws {Error} when it cannot be written, or is no such database.
 */
export async function openNoteDatabase(file: string): Promise<Libsql.Database> {
  // Absolute, or libsql would take a name such as "http://…" for a server to connect to.
  const path = resolve(file);
  makeDirectory(dirname(path), 0o700);
  // Notes are personal: nobody else on the machine may read them. And it says why it cannot, in which libsql is terse.
  closeSync(openSync(path, CREATE, 0o600));
  // Here and not above: a machine for which there is no binary can still run the bot.
  const { default: Database } = await import('libsql');
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    for (const pragma of PRAGMAS) database.pragma(pragma);
    // Takes the write lock even when there is nothing to do, and so finds a database that is read-only.
    database
      .transaction(() => {
        migrate(database);
      })
      .immediate();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Libsql.Database): void {
  const { user_version: version } = versionRow.parse(database.prepare('PRAGMA user_version').get());
  if (version > MIGRATIONS.length) {
    throw new Error(
      `a newer version of the bot made it (schema ${String(version)}; this one knows ${String(MIGRATIONS.length)})`,
    );
  }
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  database.pragma(`user_version = ${String(MIGRATIONS.length)}`);
}

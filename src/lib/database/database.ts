import { closeSync, constants, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import type Libsql from 'libsql';
import { z } from 'zod';

import { makeDirectory } from '../log/make-directory.js';
import { MIGRATIONS } from './migrations.js';

/** Without O_NONBLOCK, opening a named pipe would block the process until somebody reads from it. */
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_NONBLOCK;

/** While another process, such as a backup, holds the database, SQLite would wait by blocking the whole bot. */
const BUSY_TIMEOUT_MS = 0;

const versionRow = z.object({ user_version: z.int() });

const PRAGMAS = [
  'journal_mode = WAL',
  // With a WAL, a power cut can lose the last change but never harms the database (sqlite.org/pragma.html#pragma_synchronous).
  'synchronous = NORMAL',
  'foreign_keys = ON',
  // What is forgotten is overwritten, not just unlinked.
  'secure_delete = ON',
];

/**
 * Opens the bot's own database, made with its directory when it is missing, in the newest version of its schema.
 *
 * @throws {Error} when it cannot be written, or is no such database.
 */
export async function openDatabase(file: string): Promise<Libsql.Database> {
  // Absolute, or libsql would take a name such as "http://…" for a server to connect to.
  const path = resolve(file);
  makeDirectory(dirname(path), 0o700);
  // What it holds is personal: nobody else on the machine may read it. And this says why it cannot, in which libsql is terse.
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

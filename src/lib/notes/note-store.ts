import type Libsql from 'libsql';
import { z } from 'zod';

import { openDatabase } from '../database/database.js';
import { type AddedNote, isNoteText, type Note, type NoteOwner } from './note.js';

const noteRows = z.array(z.object({ id: z.int(), text: z.string(), at: z.int() }));
const countRow = z.object({ count: z.int() });
const sinceRow = z.object({ since: z.int() });
const excessRow = z.object({ last: z.int().nullable(), count: z.int() });
const ownerRows = z.array(z.object({ key: z.int() }));
const numberRow = z.object({ key: z.int(), id: z.int() });

/** Finds an owner's notes, and only them: every statement on notes goes through it or the key it stands for. */
const KEY = '(SELECT key FROM owners WHERE kind = ? AND id = ?)';

/** How much is looked at, and how much is deleted, before somebody else has a turn: a few milliseconds. */
const SOME_OWNERS = 200;
const SOME_NOTES = 500;

/** How many notes there are beyond a limit. */
export interface Excess {
  /** The last owner that was counted; `null` when there was none. */
  readonly last: number | null;
  readonly count: number;
}

/** The notes of everybody, in a SQLite database. Synchronous: each call is done when it returns. */
export class NoteStore {
  readonly #statements;

  private constructor(private readonly database: Libsql.Database) {
    this.#statements = statementsOf(database);
  }

  /** @throws {Error} when the database cannot be used. */
  public static async open(file: string): Promise<NoteStore> {
    return new NoteStore(await openDatabase(file));
  }

  /** The newest notes of an owner, `limit` at most; oldest first. */
  public notesOf({ kind, id }: NoteOwner, limit: number): readonly Note[] {
    return noteRows.parse(this.#statements.list.all(kind, id, limit)).toReversed();
  }

  /** How many notes an owner has; counts to `limit` at most. */
  public countOf({ kind, id }: NoteOwner, limit: number): number {
    return countRow.parse(this.#statements.count.get(kind, id, limit)).count;
  }

  /**
   * Adds a note, and drops the oldest of the owner's beyond `limit`, which is at least 1. `at` is in milliseconds
   * since 1970.
   *
   * @throws {RangeError} when the text is blank or too long.
   */
  public add(owner: NoteOwner, given: string, { at, limit }: { at: number; limit: number }): AddedNote {
    if (!isNoteText(given)) throw new RangeError('A note is 1 to 500 characters long, and not blank');
    const text = storable(given);
    return this.database
      .transaction(() => {
        const { key, id } = numberRow.parse(this.#statements.number.get(owner.kind, owner.id));
        this.#statements.insert.run(key, id, text, at);
        const { changes: dropped } = this.#statements.drop.run(key, key, limit);
        return { id, text, at, dropped };
      })
      .immediate();
  }

  /** Whether there was such a note of this owner. */
  public forget({ kind, id }: NoteOwner, note: number): boolean {
    return this.#statements.forget.run(kind, id, note).changes > 0;
  }

  /** Returns how many notes went. Nothing remains of the owner either. */
  public clear({ kind, id }: NoteOwner): number {
    return this.database
      .transaction(() => {
        const { changes } = this.#statements.clear.run(kind, id);
        this.#statements.leave.run(kind, id);
        return changes;
      })
      .immediate();
  }

  /** Notes which limit is in effect; returns since when it is, in milliseconds since 1970. */
  public limitSince(kind: NoteOwner['kind'], limit: number, now: number): number {
    return sinceRow.parse(this.#statements.since.get(kind, limit, now)).since;
  }

  /** How many notes some of the owners after `last` have beyond `limit`; `last` is null when there are no more. */
  public excess(kind: NoteOwner['kind'], limit: number, last: number): Excess {
    return excessRow.parse(this.#statements.excess.get(limit, kind, last, SOME_OWNERS));
  }

  /** Drops some of the oldest notes beyond the limit of some owners; returns how many went. */
  public trim(kind: NoteOwner['kind'], limit: number, last: number): number {
    const { trimmed, overdue, sweep } = this.#statements;
    return this.database
      .transaction(() => {
        const owners = ownerRows.parse(overdue.all(limit, kind, last, SOME_OWNERS));
        let gone = 0;
        for (const { key } of owners) {
          gone += trimmed.run(key, key, limit, key, SOME_NOTES).changes;
          sweep.run(key, key);
          if (gone >= SOME_NOTES) break;
        }
        return gone;
      })
      .immediate();
  }

  /** Leaves all in one file. The store cannot be used afterwards. */
  public close(): void {
    if (!this.database.open) return;
    try {
      this.database.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      this.database.close();
    }
  }
}

function statementsOf(database: Libsql.Database) {
  return {
    list: database.prepare(`SELECT id, text, at FROM notes WHERE owner = ${KEY} ORDER BY id DESC LIMIT ?`),
    count: database.prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM notes WHERE owner = ${KEY} LIMIT ?)`,
    ),
    since: database.prepare(
      `INSERT INTO limits (kind, value, since) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET since = iif(value = excluded.value, since, excluded.since), value = excluded.value
       RETURNING since`,
    ),
    excess: database.prepare(
      `SELECT max(key) AS last, ifnull(sum(max(notes - ?, 0)), 0) AS count FROM (
         SELECT key, (SELECT count(*) FROM notes WHERE owner = key) AS notes
         FROM owners WHERE kind = ? AND key > ? ORDER BY key LIMIT ?
       )`,
    ),
    number: database.prepare(
      `INSERT INTO owners (kind, id, last_note) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET last_note = last_note + 1 RETURNING key, last_note AS id`,
    ),
    insert: database.prepare('INSERT INTO notes (owner, id, text, at) VALUES (?, ?, ?, ?)'),
    drop: database.prepare(
      `DELETE FROM notes WHERE owner = ?
       AND id <= (SELECT id FROM notes WHERE owner = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
    ),
    forget: database.prepare(`DELETE FROM notes WHERE owner = ${KEY} AND id = ?`),
    clear: database.prepare(`DELETE FROM notes WHERE owner = ${KEY}`),
    leave: database.prepare('DELETE FROM owners WHERE kind = ? AND id = ?'),
    overdue: database.prepare(
      `SELECT key FROM (
         SELECT key, (SELECT count(*) FROM notes WHERE owner = key) AS notes, ? AS allowed
         FROM owners WHERE kind = ? AND key > ? ORDER BY key LIMIT ?
       ) WHERE notes > allowed`,
    ),
    trimmed: database.prepare(
      `DELETE FROM notes WHERE owner = ? AND id IN (
         SELECT id FROM notes WHERE owner = ? ORDER BY id DESC LIMIT -1 OFFSET ?
       ) AND id IN (SELECT id FROM notes WHERE owner = ? ORDER BY id LIMIT ?)`,
    ),
    sweep: database.prepare(
      'DELETE FROM owners WHERE key = ? AND NOT EXISTS (SELECT 1 FROM notes WHERE owner = ?)',
    ),
  };
}

/** libsql reads a text only up to a NUL, and has no way to write half a surrogate pair. */
function storable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\uFFFD'), 'utf8').toString('utf8');
}

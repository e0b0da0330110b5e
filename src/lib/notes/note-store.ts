import type Libsql from 'libsql';
import { z } from 'zod';

import { openNoteDatabase } from './note-database.js';
import { type AddedNote, isNoteText, type Note, type NoteCounts, type NoteOwner } from './note.js';

const noteRows = z.array(z.object({ id: z.int(), text: z.string(), at: z.int() }));
const numberRow = z.object({ key: z.int(), id: z.int() });

/** Finds an owner's notes, and only them: every statement on notes goes through it or the key it stands for. */
const KEY = '(SELECT key FROM owners WHERE kind = ? AND id = ?)';

/** The notes of everybody, in a SQLite database. Synchronous: each call is done when it returns. */
export class NoteStore {
  readonly #statements;

  private constructor(private readonly database: Libsql.Database) {
    this.#statements = statementsOf(database);
  }

  /** @throws {Error} when the database cannot be used. */
  public static async open(file: string): Promise<NoteStore> {
    return new NoteStore(await openNoteDatabase(file));
  }

  /** Oldest first. */
  public notesOf({ kind, id }: NoteOwner): readonly Note[] {
    return noteRows.parse(this.#statements.list.all(kind, id));
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

  /** Drops the oldest notes of every owner beyond the limit of its kind, all at once; returns how many went. */
  public trim(limits: NoteCounts): NoteCounts {
    return this.database
      .transaction(() => {
        const user = this.#statements.trim.run('user', limits.user).changes;
        const server = this.#statements.trim.run('server', limits.server).changes;
        this.#statements.sweep.run();
        return { user, server };
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
    list: database.prepare(`SELECT id, text, at FROM notes WHERE owner = ${KEY} ORDER BY id`),
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
    trim: database.prepare(
      `DELETE FROM notes WHERE (owner, id) IN (
         SELECT owner, note FROM (
           SELECT notes.owner, notes.id AS note,
             row_number() OVER (PARTITION BY notes.owner ORDER BY notes.id DESC) AS age
           FROM notes JOIN owners ON owners.key = notes.owner WHERE owners.kind = ?
         ) WHERE age > ?
       )`,
    ),
    sweep: database.prepare('DELETE FROM owners WHERE key NOT IN (SELECT owner FROM notes)'),
  };
}

/** libsql reads a text only up to a NUL, and has no way to write half a surrogate pair. */
function storable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\uFFFD'), 'utf8').toString('utf8');
}

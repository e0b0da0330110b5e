import type Libsql from 'libsql';
import { z } from 'zod';

import { openDatabase } from '../database/database.js';
import { isRepetition, type RecordedChange, type ReloadRecord } from './reload-record.js';

const reloadRow = z.object({
  id: z.int(),
  at: z.int(),
  lastAt: z.int(),
  times: z.int(),
  outcome: z.enum(['applied', 'unchanged', 'rejected']),
  triggers: z.string(),
  before: z.string(),
  after: z.string(),
  faults: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
});
const changeRow = z.object({
  kind: z.enum(['added', 'modified', 'removed']),
  key: z.string(),
  declared: z.int().transform(Boolean),
  sensitive: z.int().transform(Boolean),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
const keyRows = z.array(z.object({ key: z.string() }));

/** How many reloads are kept, and for how long. */
export const MOST_KEPT = 1000;
export const KEPT_MS = 90 * 24 * 3_600_000;

const COLUMNS = 'id, at, last_at AS lastAt, times, outcome, triggers, before, after, faults';

/** What became of every reload, in the bot's database. Synchronous: each call is done when it returns. */
export class HistoryStore {
  readonly #statements;

  private constructor(private readonly database: Libsql.Database) {
    this.#statements = statementsOf(database);
  }

  /** @throws {Error} when the database cannot be used. */
  public static async open(file: string): Promise<HistoryStore> {
    return new HistoryStore(await openDatabase(file));
  }

  /** Adds reloads, oldest first, and drops those that are too old or too many. `now` is in milliseconds since 1970. */
  public add(records: readonly ReloadRecord[], now: number): void {
    this.database
      .transaction(() => {
        for (const record of records) this.#addOne(record);
        this.#statements.expire.run(now - KEPT_MS);
        this.#statements.trim.run(MOST_KEPT);
      })
      .immediate();
  }

  /** The last reloads, or of those the ones that changed a key; the newest first. */
  public list(key: string | null, limit: number): readonly ReloadRecord[] {
    const rows: unknown[] =
      key === null ? this.#statements.list.all(limit) : this.#statements.listKey.all(key, limit);
    return rows.map((row) => this.#recordOf(row));
  }

  /** Every key that a reload of the history has changed. */
  public keys(): readonly string[] {
    return keyRows.parse(this.#statements.keys.all()).map(({ key }) => key);
  }

  public close(): void {
    if (this.database.open) this.database.close();
  }

  #recordOf(row: unknown): ReloadRecord {
    const { id, ...reload } = reloadRow.parse(row);
    const changes: RecordedChange[] = this.#statements.changes.all(id).map((each) => changeRow.parse(each));
    return { ...reload, changes };
  }

  #addOne(record: ReloadRecord): void {
    const { insert, change, repeat, list } = this.#statements;
    const [last] = list.all(1);
    if (last !== undefined) {
      const { id, ...known } = reloadRow.parse(last);
      if (isRepetition({ ...known, changes: [] }, record)) {
        repeat.run(record.lastAt, record.times, id);
        return;
      }
    }
    const { at, lastAt, times, outcome, triggers, before, after, faults } = record;
    const { lastInsertRowid: id } = insert.run(
      at,
      lastAt,
      times,
      outcome,
      storable(triggers),
      before,
      after,
      storable(JSON.stringify(faults)),
    );
    for (const { kind, key, declared, sensitive, ...values } of record.changes) {
      change.run(
        id,
        storable(key),
        kind,
        Number(declared),
        Number(sensitive),
        values.before === null ? null : storable(values.before),
        values.after === null ? null : storable(values.after),
      );
    }
  }
}

function statementsOf(database: Libsql.Database) {
  return {
    list: database.prepare(`SELECT ${COLUMNS} FROM reloads ORDER BY id DESC LIMIT ?`),
    listKey: database.prepare(
      `SELECT ${COLUMNS} FROM reloads WHERE id IN (SELECT reload FROM reload_changes WHERE key = ?)
       ORDER BY id DESC LIMIT ?`,
    ),
    changes: database.prepare(
      'SELECT kind, key, declared, sensitive, before, after FROM reload_changes WHERE reload = ? ORDER BY kind, key',
    ),
    keys: database.prepare('SELECT DISTINCT key FROM reload_changes ORDER BY key'),
    insert: database.prepare(
      `INSERT INTO reloads (at, last_at, times, outcome, triggers, before, after, faults)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    change: database.prepare(
      `INSERT INTO reload_changes (reload, key, kind, declared, sensitive, before, after)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
    repeat: database.prepare('UPDATE reloads SET last_at = ?, times = times + ? WHERE id = ?'),
    expire: database.prepare('DELETE FROM reloads WHERE last_at < ?'),
    trim: database.prepare(
      'DELETE FROM reloads WHERE id <= (SELECT id FROM reloads ORDER BY id DESC LIMIT 1 OFFSET ?)',
    ),
  };
}

/** libsql reads a text only up to a NUL, and has no way to write half a surrogate pair. */
function storable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\uFFFD'), 'utf8').toString('utf8');
}

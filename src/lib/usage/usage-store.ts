import type Libsql from 'libsql';
import { z } from 'zod';

import { whenFree } from '../database/busy.js';
import { openDatabase } from '../database/database.js';
import { type DayTotal, NO_USAGE, sumOf, type Usage } from './usage.js';

/** Where it is kept what was used of a day. Each method rejects when that fails. */
export interface UsageStore {
  /** Adds what some people have used, all of it or nothing, and forgets every day before. */
  add(day: string, used: ReadonlyMap<string, Usage>): Promise<void>;
  usageOf(day: string, userId: string): Promise<Usage>;
  total(day: string): Promise<DayTotal>;
  close(): void;
}

const usageRow = z.object({ requests: z.int(), input: z.int(), output: z.int() }).optional();
const peopleRow = z.object({ people: z.int() });

/** In the place of a user: kept as a sum, because many people may use the bot in a day. */
const EVERYBODY = '';

/** In the bot's own database, where every process of the bot on this machine can see it. */
export class SqliteUsageStore implements UsageStore {
  readonly #statements;

  private constructor(private readonly database: Libsql.Database) {
    this.#statements = {
      forget: database.prepare('DELETE FROM usage WHERE day < ?'),
      add: database.prepare(
        `INSERT INTO usage (day, user, requests, input, output) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
         input = input + excluded.input, output = output + excluded.output`,
      ),
      find: database.prepare('SELECT requests, input, output FROM usage WHERE day = ? AND user = ?'),
      people: database.prepare("SELECT count(*) AS people FROM usage WHERE day = ? AND user <> ''"),
    };
  }

  /** @throws {Error} when the database cannot be used. */
  public static async open(file: string): Promise<SqliteUsageStore> {
    return new SqliteUsageStore(await whenFree(() => openDatabase(file)));
  }

  public async add(day: string, used: ReadonlyMap<string, Usage>): Promise<void> {
    const total = [...used.values()].reduce(sumOf, NO_USAGE);
    const { forget, add } = this.#statements;
    await whenFree(() => {
      this.database
        .transaction(() => {
          forget.run(day);
          for (const [user, { requests, input, output }] of [...used, [EVERYBODY, total] as const])
            add.run(day, user, requests, input, output);
        })
        .immediate();
    });
  }

  public usageOf(day: string, userId: string): Promise<Usage> {
    return whenFree(() => usageRow.parse(this.#statements.find.get(day, userId)) ?? NO_USAGE);
  }

  public async total(day: string): Promise<DayTotal> {
    const usage = await this.usageOf(day, EVERYBODY);
    const { people } = await whenFree(() => peopleRow.parse(this.#statements.people.get(day)));
    return { ...usage, people };
  }

  public close(): void {
    if (this.database.open) this.database.close();
  }
}

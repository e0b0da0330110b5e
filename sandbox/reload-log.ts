import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { assume } from 'loopback-kit';

/** How long a record may take to follow its line on the console, and how often to look for it. */
const LIMIT_MS = 10_000;
const STEP_MS = 20;

/** A refresh as the log file records it; only the fields that the tour uses. */
export interface ReloadRecord {
  readonly event: 'config.reload';
  readonly trigger: string;
  readonly outcome: string;
  readonly version: string;
}

/** The refreshes in the bot's JSONL file. */
export class ReloadLog {
  readonly #path: string;
  #seen = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The whole file; empty while it does not exist. */
  text(): Promise<string> {
    return readFile(this.#path, 'utf8').catch(() => '');
  }

  /** Oldest first. */
  async all(): Promise<ReloadRecord[]> {
    const lines = (await this.text()).split('\n').slice(0, -1);
    return lines
      .map((line) => assume<Partial<ReloadRecord>>(JSON.parse(line)))
      .filter(({ event }) => event === 'config.reload')
      .map((entry) => assume<ReloadRecord>(entry));
  }

  /** The version in effect after the latest refresh. */
  async version(): Promise<string> {
    return (await this.all()).at(-1)?.version ?? 'no version';
  }

  /** The latest refresh; waits until there is one that it has not returned before. */
  async next(): Promise<ReloadRecord> {
    const limit = performance.now() + LIMIT_MS;
    for (;;) {
      const records = await this.all();
      const last = records.at(-1);
      if (last !== undefined && records.length > this.#seen) {
        this.#seen = records.length;
        return last;
      }
      if (performance.now() > limit) throw new Error('no new refresh appeared in logs/bot.jsonl');
      await pause(STEP_MS);
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

import { UserError } from '@sapphire/framework';

/** With this and the way to Discord and back, the asker is told within two seconds. */
const PATIENCE_MS = 1500;
const PAUSE_MS = 50;

/** Whether another process has locked the database. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && String(Reflect.get(error, 'code')).startsWith('SQLITE_BUSY');
}

/**
 * Does something with the database as soon as no other process holds it. SQLite itself would wait by blocking the
 * process.
 *
 * @throws {UserError} when it is held for too long.
 */
export async function whenFree<T>(work: () => T | Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() >= until) {
        const message = 'The notes are busy at the moment. Please try again in a few seconds.';
        throw new UserError({ identifier: 'MemoryBusy', message });
      }
      await sleep(PAUSE_MS);
    }
  }
}

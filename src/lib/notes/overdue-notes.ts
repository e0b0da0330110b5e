import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

import { whenFree } from '../database/busy.js';
import type { NoteStore } from './note-store.js';
import type { NoteOwner } from './note.js';

/** How long notes beyond a limit are kept, so that a slip in the configuration destroys none. */
export const GRACE_MS = 24 * 60 * 60_000;

/** How long anybody waits for a count, in milliseconds. */
const PATIENCE_MS = 2000;

type Counted = Pick<NoteStore, 'excess'>;

/** How many notes all owners of a kind have beyond a limit. Lets everybody else go on meanwhile. */
export async function countOverdue(store: Counted, kind: NoteOwner['kind'], limit: number): Promise<number> {
  let total = 0;
  for (let from: number | null = 0; from !== null;) {
    const { last, count } = store.excess(kind, limit, from);
    total += count;
    from = last;
    await setImmediate();
  }
  return total;
}

/** The same in words; `null` for none. A count that takes long ends without a number. */
export async function overdueInWords(
  store: Counted,
  kind: NoteOwner['kind'],
  limit: number,
  patienceMs = PATIENCE_MS,
): Promise<string | null> {
  const counting = countOverdue(store, kind, limit);
  const count = await Promise.race([counting, sleep(patienceMs, null, { ref: false })]);
  if (count === null) {
    // It goes on by itself, and nobody waits for it.
    counting.catch(() => undefined);
    return 'very many notes';
  }
  if (count === 0) return null;
  return count === 1 ? 'the oldest note' : `the ${String(count)} oldest notes`;
}

/** Deletes the notes that are beyond a limit which has been in effect for long enough; returns how many. */
export async function deleteOverdue(
  store: Counted & Pick<NoteStore, 'limitSince' | 'trim'>,
  kind: NoteOwner['kind'],
  limit: number,
  now: number,
): Promise<number> {
  const since = await whenFree(() => store.limitSince(kind, limit, now));
  if (now - since < GRACE_MS) return 0;
  let total = 0;
  for (let from: number | null = 0; from !== null;) {
    const start: number = from;
    const { last, count } = store.excess(kind, limit, start);
    for (let left = count; left > 0;) {
      const gone = await whenFree(() => store.trim(kind, limit, start));
      total += gone;
      left = gone === 0 ? 0 : left - gone;
      await setImmediate();
    }
    from = last;
    await setImmediate();
  }
  return total;
}

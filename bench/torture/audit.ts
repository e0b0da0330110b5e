import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Victim } from './victim.js';

/** What the bot holds when nothing is going on. Bytes; counts of handles. */
export interface Holdings {
  readonly round: number;
  /** Open descriptors that are no sockets: the log, the console, the database, Node's own. */
  readonly files: number;
  readonly sockets: number;
  readonly timers: number;
  /** Everything else that keeps the process alive, or would. */
  readonly otherHandles: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/**
 * What may be held in addition at the end. Files: none, each would be a leak. Sockets: a pool of connections to REST,
 * which the client keeps for some seconds. Timers and handles: those of such connections, and of a look at the file
 * that is under way. Heap: caches that have a limit (200 messages of a channel, 50 outcomes) but were not full
 * before, and code that was compiled since. Resident memory is told, not judged: the allocator keeps what it likes.
 */
export const TOLERANCE = {
  files: 0,
  sockets: 4,
  timers: 4,
  otherHandles: 6,
  heapBytes: 4 * 1024 * 1024,
} as const;

const LOOKS = 20;
const LOOK_EVERY_MS = 500;

/** Looks until the bot holds no more than it may in addition to `before`, ten seconds at most. */
export async function audit(victim: Victim, round: number, before: Holdings | null): Promise<Holdings> {
  let holdings = await look(victim, round);
  if (before === null) return holdings;
  for (let looks = 1; looks < LOOKS && excesses(before, holdings).length > 0; looks++) {
    await sleep(LOOK_EVERY_MS);
    holdings = await look(victim, round);
  }
  return holdings;
}

/** What is held beyond the tolerance, in sentences. */
export function excesses(before: Holdings, after: Holdings): string[] {
  return (['files', 'sockets', 'timers', 'otherHandles', 'heapBytes'] as const)
    .filter((measure) => after[measure] > before[measure] + TOLERANCE[measure])
    .map((measure) => `${measure}: ${String(before[measure])} before, ${String(after[measure])} after`);
}

async function look(victim: Victim, round: number): Promise<Holdings> {
  const targets = openDescriptors(victim.pid);
  const sockets = targets.filter((target) => target.startsWith('socket:')).length;
  const { heapUsed, rss, resources } = await victim.probe();
  const { Timeout: timers = 0, ...others } = resources;
  return {
    round,
    files: targets.length - sockets,
    sockets,
    timers,
    otherHandles: Object.values(others).reduce((sum, count) => sum + count, 0),
    heapBytes: heapUsed,
    residentBytes: rss,
  };
}

/** What the open descriptors of a process lead to. */
function openDescriptors(pid: number): string[] {
  const directory = `/proc/${String(pid)}/fd`;
  return readdirSync(directory).flatMap((descriptor) => {
    try {
      return [readlinkSync(`${directory}/${descriptor}`)];
    } catch {
      // Closed since it was listed.
      return [];
    }
  });
}

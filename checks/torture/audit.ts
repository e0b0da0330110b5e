import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Ledger } from './ledger.js';
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

const LOOK_EVERY_MS = 500;

/** How far apart the rounds are whose holdings are reported. */
const NOTABLE_ROUNDS = 50;

/** Looks at what the bot holds after every round: handles against those of the start, the heap against the warm-up. */
export class Auditor {
  readonly #all: Holdings[] = [];

  public constructor(
    private readonly victim: Victim,
    private readonly ledger: Ledger,
    private readonly warmUpRounds: number,
    /** How long to wait for what is held too much to be let go, in milliseconds. */
    private readonly patienceMs: number,
  ) {}

  /** The first, the one after the warm-up, the last, and some in between. */
  public get notable(): readonly Holdings[] {
    const warm = this.#warm?.round;
    return this.#all.filter(
      ({ round }, index) => round % NOTABLE_ROUNDS === 0 || round === warm || index === this.#all.length - 1,
    );
  }

  /** Takes down what is held before anything was done. */
  public async begin(): Promise<void> {
    this.#all.push(await look(this.victim, 0));
  }

  /** Looks until the bot holds no more than it may, or patience ends. What it then holds too much is a violation. */
  public async audit(): Promise<void> {
    const { ledger, victim } = this;
    const [start] = this.#all;
    if (start === undefined) throw new Error('nothing to compare with');
    const before = { ...start, heapBytes: this.#warm?.heapBytes ?? Infinity };
    const end = performance.now() + this.patienceMs;
    let holdings = await look(victim, ledger.round);
    while (excesses(before, holdings).length > 0 && performance.now() < end) {
      await sleep(LOOK_EVERY_MS);
      holdings = await look(victim, ledger.round);
    }
    this.#all.push(holdings);
    for (const excess of excesses(before, holdings)) ledger.violate(`the bot holds more ${excess}`);
    ledger.count('seen', 'holdings');
    if (Number.isFinite(before.heapBytes)) ledger.count('seen', 'heaps');
  }

  get #warm(): Holdings | undefined {
    return this.#all.find(({ round }) => round >= this.warmUpRounds);
  }
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

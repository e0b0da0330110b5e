import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Ledger } from './ledger.js';
import type { TorturedBot } from './tortured-bot.js';

/** What the idle bot holds. */
export interface Resources {
  readonly round: number;
  /** Open descriptors other than sockets: the log, the console, the database, Node's own. */
  readonly files: number;
  readonly sockets: number;
  readonly timers: number;
  /** Everything else that keeps the process alive, or could. */
  readonly otherHandles: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/**
 * What the bot may hold in addition. Files: none; each would be a leak. Sockets: the connections to REST that the
 * client keeps open for some seconds. Timers and handles: those of such connections, and of a poll in progress. Heap:
 * bounded caches (200 messages per channel, 50 outcomes) that were not full yet, and newly compiled code. Resident
 * memory is reported but not judged: the allocator keeps what it likes.
 */
const TOLERANCE = {
  files: 0,
  sockets: 4,
  timers: 4,
  otherHandles: 6,
  heapBytes: 4 * 1024 * 1024,
} as const;

const POLL_MS = 500;

/** How often the report shows a round. */
const REPORT_EVERY_ROUNDS = 50;

/** Compares what the bot holds after each round: handles with the start, the heap with the end of the warm-up. */
export class ResourceAudit {
  readonly #all: Resources[] = [];

  public constructor(
    private readonly bot: TorturedBot,
    private readonly ledger: Ledger,
    private readonly warmUpRounds: number,
    /** How long to wait for excess resources to be released, in ms. */
    private readonly patienceMs: number,
  ) {}

  /** The first, the one after the warm-up, the last, and some in between. */
  public get notable(): readonly Resources[] {
    const warm = this.#warm?.round;
    return this.#all.filter(
      ({ round }, index) =>
        round % REPORT_EVERY_ROUNDS === 0 || round === warm || index === this.#all.length - 1,
    );
  }

  /** Records what the bot holds before the first round. */
  public async start(): Promise<void> {
    this.#all.push(await measure(this.bot, 0));
  }

  /** Waits until the bot holds no more than it may; whatever it still holds in the end is a violation. */
  public async audit(): Promise<void> {
    const { ledger, bot } = this;
    const [start] = this.#all;
    if (start === undefined) throw new Error('nothing to compare with');
    const before = { ...start, heapBytes: this.#warm?.heapBytes ?? Infinity };
    const end = performance.now() + this.patienceMs;
    let resources = await measure(bot, ledger.round);
    while (excesses(before, resources).length > 0 && performance.now() < end) {
      await sleep(POLL_MS);
      resources = await measure(bot, ledger.round);
    }
    this.#all.push(resources);
    for (const excess of excesses(before, resources)) ledger.violate(`the bot leaks ${excess}`);
    ledger.count('seen', 'open resources');
    if (Number.isFinite(before.heapBytes)) ledger.count('seen', 'heap sizes');
  }

  get #warm(): Resources | undefined {
    return this.#all.find(({ round }) => round >= this.warmUpRounds);
  }
}

/** What exceeds the tolerance, such as `files: 20 before, 21 after`. */
export function excesses(before: Resources, after: Resources): string[] {
  return (['files', 'sockets', 'timers', 'otherHandles', 'heapBytes'] as const)
    .filter((measured) => after[measured] > before[measured] + TOLERANCE[measured])
    .map((measured) => `${measured}: ${String(before[measured])} before, ${String(after[measured])} after`);
}

async function measure(bot: TorturedBot, round: number): Promise<Resources> {
  const targets = openDescriptors(bot.pid);
  const sockets = targets.filter((target) => target.startsWith('socket:')).length;
  const { heapUsed, rss, resources } = await bot.probe();
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

/** What the open descriptors of a process refer to. */
function openDescriptors(pid: number): string[] {
  const directory = `/proc/${String(pid)}/fd`;
  return readdirSync(directory).flatMap((descriptor) => {
    try {
      return [readlinkSync(`${directory}/${descriptor}`)];
    } catch {
      // Closed in the meantime.
      return [];
    }
  });
}

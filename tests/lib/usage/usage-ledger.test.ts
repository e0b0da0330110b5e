import { beforeEach, describe, expect, it, vi } from 'vitest';

import { UsageLedger } from '../../../src/lib/usage/usage-ledger.js';
import type { UsageStore } from '../../../src/lib/usage/usage-store.js';
import { NO_USAGE, sumOf, type Usage } from '../../../src/lib/usage/usage.js';

const NOON = Date.UTC(2026, 10, 24, 12);
const DAY_MS = 86_400_000;

/** Holds everything in memory, and fails while it is told to. */
class MemoryStore implements UsageStore {
  public readonly saved = new Map<string, Usage>();
  public failing = false;
  public attempts = 0;

  public add(day: string, used: ReadonlyMap<string, Usage>): Promise<void> {
    this.#check();
    for (const [user, usage] of used) {
      const key = `${day} ${user}`;
      this.saved.set(key, sumOf(this.saved.get(key) ?? NO_USAGE, usage));
    }
    return Promise.resolve();
  }

  public async usageOf(day: string, userId: string): Promise<Usage> {
    this.#check();
    return Promise.resolve(this.saved.get(`${day} ${userId}`) ?? NO_USAGE);
  }

  public async total(day: string): Promise<Usage & { people: number }> {
    this.#check();
    const today = [...this.saved].filter(([key]) => key.startsWith(day));
    const sum = today.map(([, usage]) => usage).reduce(sumOf, NO_USAGE);
    return Promise.resolve({ ...sum, people: today.length });
  }

  public close(): void {
    this.failing = true;
  }

  #check(): void {
    this.attempts++;
    if (this.failing) throw new Error('the disk is full');
  }
}

let now: number;
let store: MemoryStore;
let failures: unknown[];
let ledger: UsageLedger;

beforeEach(() => {
  now = NOON;
  store = new MemoryStore();
  failures = [];
  ledger = new UsageLedger({
    open: () => Promise.resolve(store),
    now: () => now,
    onFailure: (error) => failures.push(error),
  });
});

const use = (user: string): void => ledger.record(user, { input: 2, output: 1 });

describe('the ledger', () => {
  it('counts at once, and saves', async () => {
    use('alice');
    use('alice');
    expect(await ledger.usageOf('alice')).toEqual({ requests: 2, input: 4, output: 2 });
    use('bob');
    expect(await ledger.total()).toMatchObject({ requests: 3, input: 6 });
    await vi.waitFor(() => expect(store.saved.size).toBe(2));
    expect(await ledger.total()).toEqual({ requests: 3, input: 6, output: 3, people: 2 });
  });

  it('goes on counting while its store fails, says so once, and saves when it works again', async () => {
    store.failing = true;
    use('alice');
    expect(await ledger.usageOf('alice')).toMatchObject({ requests: 1 });
    const { attempts } = store;
    for (let count = 2; count < 5; count++) {
      use('alice');
      expect(await ledger.usageOf('alice')).toMatchObject({ requests: count });
    }
    expect(await ledger.total()).toMatchObject({ requests: 4 });
    expect(failures).toHaveLength(1);
    // It is left alone for a while.
    expect(store.attempts).toBe(attempts);
    store.failing = false;
    now += 5000;
    use('alice');
    await vi.waitFor(() => expect(store.saved.get('2026-11-24 alice')).toMatchObject({ requests: 5 }));
    expect(await ledger.usageOf('alice')).toMatchObject({ requests: 5 });
  });

  it('starts every day with nothing', async () => {
    store.failing = true;
    use('alice');
    now += DAY_MS;
    expect(await ledger.usageOf('alice')).toEqual(NO_USAGE);
    store.failing = false;
    now += 5000;
    use('bob');
    await vi.waitFor(() => expect([...store.saved.keys()]).toEqual(['2026-11-25 bob']));
  });

  it('saves what is left when it closes', async () => {
    use('alice');
    await ledger.close();
    expect(store.saved.get('2026-11-24 alice')).toMatchObject({ requests: 1 });
  });
});

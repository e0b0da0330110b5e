import type { UsageStore } from './usage-store.js';
import { dayOf, type DayTotal, NO_USAGE, sumOf, type Tokens, type Usage } from './usage.js';

/** How long a store that has failed is left alone. */
const PAUSE_MS = 5000;

export interface UsageLedgerOptions {
  readonly open: () => Promise<UsageStore>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of the first of several failures in a row. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * What everybody has used today. Recording is immediate and never fails: what the store does not take is counted here
 * until it does, or until the day is over.
 */
export class UsageLedger {
  #day = '';
  readonly #unsaved = new Map<string, Usage>();
  /** Reads and saves come one after the other, so that nothing is counted twice, or not at all. */
  #turns: Promise<unknown> = Promise.resolve();
  #saveIsDue = false;
  #retry: NodeJS.Timeout | null = null;
  #store: UsageStore | null = null;
  #failing = false;
  #failedAt = -Infinity;
  #closed = false;

  public constructor(private readonly options: UsageLedgerOptions) {}

  public record(userId: string, { input, output }: Tokens): void {
    this.#turnPage();
    this.#add(userId, { requests: 1, input, output });
    void this.#saveSoon();
  }

  /** What somebody has used today. Never rejects. */
  public usageOf(userId: string): Promise<Usage> {
    return this.#inTurn(async () => {
      const saved = await this.#attempt((store, day) => store.usageOf(day, userId));
      return sumOf(saved ?? NO_USAGE, this.#unsaved.get(userId) ?? NO_USAGE);
    });
  }

  /** What everybody has used today. Never rejects. */
  public total(): Promise<DayTotal> {
    return this.#inTurn(async () => {
      const saved = await this.#attempt((store, day) => store.total(day));
      const { people, ...usage } = saved ?? { ...NO_USAGE, people: 0 };
      const total = [...this.#unsaved.values()].reduce(sumOf, usage);
      return { ...total, people: Math.max(people, this.#unsaved.size) };
    });
  }

  /** Saves what is left, once, and closes the store. Never rejects. */
  public async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry ?? undefined);
    await this.#saveSoon();
    this.#store?.close();
    this.#store = null;
  }

  #turnPage(): string {
    const day = dayOf(this.options.now());
    // What was used on a day that is over concerns nobody.
    if (day !== this.#day) this.#unsaved.clear();
    this.#day = day;
    return day;
  }

  #add(userId: string, usage: Usage): void {
    this.#unsaved.set(userId, sumOf(this.#unsaved.get(userId) ?? NO_USAGE, usage));
  }

  /** `work` must not reject. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turns.then(work);
    this.#turns = result;
    return result;
  }

  #saveSoon(): Promise<void> {
    if (this.#saveIsDue) return this.#inTurn(() => Promise.resolve());
    this.#saveIsDue = true;
    return this.#inTurn(async () => {
      this.#saveIsDue = false;
      if (!(await this.#save())) this.#saveLater();
    });
  }

  #saveLater(): void {
    if (this.#closed) return;
    this.#retry ??= setTimeout(() => {
      this.#retry = null;
      void this.#saveSoon();
    }, PAUSE_MS).unref();
  }

  async #save(): Promise<boolean> {
    const today = this.#turnPage();
    if (this.#unsaved.size === 0) return true;
    const batch = new Map(this.#unsaved);
    this.#unsaved.clear();
    const saved = await this.#attempt((store) => store.add(today, batch).then(() => true));
    if (saved === true) return true;
    if (this.#turnPage() === today) for (const [user, usage] of batch) this.#add(user, usage);
    return false;
  }

  /** `null` when the store fails, or has failed a moment ago. */
  async #attempt<T>(work: (store: UsageStore, day: string) => Promise<T>): Promise<T | null> {
    const { open, now, onFailure } = this.options;
    if (now() - this.#failedAt < PAUSE_MS) return null;
    try {
      this.#store ??= await open();
      const result = await work(this.#store, this.#turnPage());
      this.#failing = false;
      return result;
    } catch (error) {
      if (!this.#failing) onFailure(error);
      this.#failing = true;
      this.#failedAt = now();
      return null;
    }
  }
}

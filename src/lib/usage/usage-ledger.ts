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
  #unsaved = new Map<string, Usage>();
  /** What the store is taking at the moment. */
  #inFlight: ReadonlyMap<string, Usage> = new Map();
  #saving: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;
  #store: UsageStore | null = null;
  #failing = false;
  #failedAt = -Infinity;
  #closed = false;

  public constructor(private readonly options: UsageLedgerOptions) {}

  public record(userId: string, { input, output }: Tokens): void {
    this.#turnPage();
    const before = this.#unsaved.get(userId) ?? NO_USAGE;
    this.#unsaved.set(userId, sumOf(before, { requests: 1, input, output }));
    this.#startSaving();
  }

  /** What somebody has used today. Never rejects. */
  public async usageOf(userId: string): Promise<Usage> {
    const saved = await this.#read((store, day) => store.usageOf(day, userId), NO_USAGE);
    return [this.#inFlight, this.#unsaved].map((used) => used.get(userId) ?? NO_USAGE).reduce(sumOf, saved);
  }

  /** What everybody has used today. Never rejects. */
  public async total(): Promise<DayTotal> {
    const nothing = { ...NO_USAGE, people: 0 };
    const saved = await this.#read((store, day) => store.total(day), nothing);
    const unsaved = [...this.#inFlight.values(), ...this.#unsaved.values()];
    return { ...unsaved.reduce(sumOf, saved), people: Math.max(saved.people, this.#unsaved.size) };
  }

  /** Saves what is left, once, and closes the store. Never rejects. */
  public async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry ?? undefined);
    await this.#saving;
    await this.#save();
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

  async #read<T>(read: (store: UsageStore, day: string) => Promise<T>, otherwise: T): Promise<T> {
    const day = this.#turnPage();
    return (await this.#attempt((store) => read(store, day))) ?? otherwise;
  }

  #startSaving(): void {
    this.#saving ??= this.#save().finally(() => {
      this.#saving = null;
      if (this.#unsaved.size === 0) return;
      if (this.#failing) this.#saveLater();
      else this.#startSaving();
    });
  }

  #saveLater(): void {
    if (this.#closed) return;
    this.#retry ??= setTimeout(() => {
      this.#retry = null;
      this.#startSaving();
    }, PAUSE_MS).unref();
  }

  async #save(): Promise<void> {
    const day = this.#turnPage();
    while (this.#unsaved.size > 0 && day === this.#day) {
      const batch = this.#unsaved;
      this.#inFlight = batch;
      this.#unsaved = new Map();
      const saved = await this.#attempt((store) => store.add(day, batch).then(() => true));
      this.#inFlight = new Map();
      if (saved === true) continue;
      if (day === this.#day) this.#takeBack(batch);
      return;
    }
  }

  #takeBack(batch: ReadonlyMap<string, Usage>): void {
    for (const [user, usage] of batch)
      this.#unsaved.set(user, sumOf(usage, this.#unsaved.get(user) ?? NO_USAGE));
  }

  /** `null` when the store fails, or has failed a moment ago. */
  async #attempt<T>(work: (store: UsageStore) => Promise<T>): Promise<T | null> {
    const { open, now, onFailure } = this.options;
    if (now() - this.#failedAt < PAUSE_MS) return null;
    try {
      this.#store ??= await open();
      const result = await work(this.#store);
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

import { type HistoryStore, MOST_KEPT } from './history-store.js';
import type { ReloadRecord } from './reload-record.js';

/** How long a store that has failed is left alone. */
const PAUSE_MS = 5000;

export interface HistoryBookOptions {
  readonly open: () => Promise<Pick<HistoryStore, 'add' | 'close' | 'keys' | 'list'>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of the first of several failures in a row. */
  readonly onFailure: (error: unknown) => void;
}

type Store = Awaited<ReturnType<HistoryBookOptions['open']>>;

/**
 * What became of every reload. Recording is immediate and never fails: what the store does not take now is kept here
 * and offered again.
 */
export class HistoryBook {
  #unsaved: ReloadRecord[] = [];
  /** Reads and saves come one after the other. */
  #turns: Promise<unknown> = Promise.resolve();
  #store: Store | null = null;
  #failedAt: number | null = null;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  public constructor(private readonly options: HistoryBookOptions) {}

  public record(record: ReloadRecord): void {
    this.#unsaved.push(record);
    if (this.#unsaved.length > MOST_KEPT) this.#unsaved.shift();
    void this.#inTurn(() => this.#save());
  }

  /** The last reloads, or of those the ones that changed a key; the newest first. Never rejects. */
  public list(key: string | null, limit: number): Promise<readonly ReloadRecord[]> {
    return this.#inTurn(async () => {
      await this.#save();
      const saved = (await this.#attempt((store) => store.list(key, limit))) ?? [];
      const others = this.#unsaved
        .filter(({ changes }) => key === null || changes.some((change) => change.key === key))
        .toReversed();
      return [...others, ...saved].slice(0, limit);
    });
  }

  /** Every key that is in the history. Never rejects. */
  public keys(): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      const saved = (await this.#attempt((store) => store.keys())) ?? [];
      const others = this.#unsaved.flatMap(({ changes }) => changes.map(({ key }) => key));
      return [...new Set([...saved, ...others])];
    });
  }

  /** Saves what is left, once, and closes the store. Never rejects. */
  public async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry ?? undefined);
    this.#failedAt = null;
    await this.#inTurn(() => this.#save());
    this.#store?.close();
    this.#store = null;
  }

  /** `work` must not reject. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turns.then(work);
    this.#turns = result;
    return result;
  }

  async #save(): Promise<void> {
    if (this.#unsaved.length === 0) return;
    const records = [...this.#unsaved];
    const saved = await this.#attempt((store) => {
      store.add(records, this.options.now());
      return true;
    });
    if (saved === true) this.#unsaved = this.#unsaved.filter((record) => !records.includes(record));
    else if (!this.#closed) this.#retry ??= setTimeout(() => this.#saveAgain(), PAUSE_MS).unref();
  }

  #saveAgain(): void {
    this.#retry = null;
    void this.#inTurn(() => this.#save());
  }

  /** `null` when the store cannot be used, which is said once. */
  async #attempt<T>(use: (store: Store) => T): Promise<T | null> {
    const { now, open, onFailure } = this.options;
    if (this.#failedAt !== null && now() - this.#failedAt < PAUSE_MS) return null;
    try {
      this.#store ??= await open();
      const result = use(this.#store);
      this.#failedAt = null;
      return result;
    } catch (error) {
      if (this.#failedAt === null) onFailure(error);
      this.#failedAt = now();
      return null;
    }
  }
}

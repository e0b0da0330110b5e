import type { Clock } from '../../config/index.js';
import type { Reply } from '../replies/reply.js';
import type { Report } from './report.js';
import { summed } from './summed.js';

/** Operators read this, and Discord allows five messages in five seconds for everything the bot says in a channel. */
const PAUSE_MS = 10_000;

/** While a report cannot be posted, attempts become rarer. */
const LAST_RETRY_MS = 300_000;

/** What is kept while nothing can be posted. */
const MOST_WAITING = 100;

/** What became of a message: it is there, there is no use in trying again, or there may be. */
export type Posting = 'later' | 'posted' | 'refused';

export interface ReportQueueOptions {
  readonly post: (reply: Reply, report: Report | null) => Promise<Posting>;
  readonly clock: Clock;
}

/** Posts reports one after another, at most one message every ten seconds; what comes meanwhile is summed up. */
export class ReportQueue {
  #waiting: Report[] = [];
  #isPosting = false;
  readonly #closed = new AbortController();
  /** Ends the pause after an attempt that failed. */
  #retry: AbortController | null = null;

  public constructor(private readonly options: ReportQueueOptions) {}

  public add(report: Report): void {
    if (this.#closed.signal.aborted) return;
    // Only the newest state of the file is worth a decision.
    if (report.kind === 'decision') this.withdraw();
    this.#waiting.push(report);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    if (!this.#isPosting) void this.#drain();
  }

  /** There is nothing to decide on any more. */
  public withdraw(): void {
    this.#waiting = this.#waiting.filter(({ kind }) => kind !== 'decision');
  }

  /** Tries again now what could not be posted. */
  public hurry(): void {
    this.#retry?.abort();
  }

  /** Forgets what waits, and takes no more. */
  public close(): void {
    this.#waiting = [];
    this.#closed.abort();
    this.hurry();
  }

  async #drain(): Promise<void> {
    this.#isPosting = true;
    let retryMs = PAUSE_MS;
    while (this.#waiting.length > 0) {
      if (await this.#postNext()) {
        retryMs = PAUSE_MS;
        await this.#sleep(PAUSE_MS, this.#closed);
      } else {
        this.#retry = new AbortController();
        await this.#sleep(retryMs, this.#retry);
        this.#retry = null;
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      }
    }
    this.#isPosting = false;
  }

  async #sleep(ms: number, { signal }: AbortController): Promise<void> {
    try {
      await this.options.clock.sleep(ms, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Whether something was decided: posted, or given up. */
  async #postNext(): Promise<boolean> {
    const decision = this.#waiting.find(({ kind }) => kind === 'decision') ?? null;
    const batch = decision === null ? this.#waiting : [decision];
    this.#waiting = this.#waiting.filter((report) => !batch.includes(report));
    const result = await this.options.post(decision?.reply ?? summed(batch), decision);
    if (result !== 'later') return true;
    // Meanwhile there may be a newer decision.
    const isStale = decision !== null && this.#waiting.some(({ kind }) => kind === 'decision');
    if (!isStale) this.#waiting.unshift(...batch);
    return false;
  }
}

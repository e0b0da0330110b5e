import { RateLimitManager } from '@sapphire/ratelimits';

/** More than anybody asks in earnest who reads the answers; a flood is held up after a moment. */
const REQUESTS = 10;
const WINDOW_MS = 20_000;

/**
 * How many requests are answered side by side: with an edit a second each, that is all the fifty requests a second
 * that Discord allows a bot. Others wait for their turn.
 */
const SIDE_BY_SIDE = 64;
/** How many may wait; with answers of a few seconds each, the last of them waits for a minute or so. */
const WAITING = 1000;

const BUSY = '⏳ Too many people are asking at the moment. Please try again in a minute.';

/** Ends a turn; more than once is no harm. */
export type EndTurn = () => void;

export interface AdmissionLimits {
  readonly requests: number;
  readonly windowMs: number;
  readonly sideBySide: number;
  readonly waiting: number;
}

const LIMITS: AdmissionLimits = {
  requests: REQUESTS,
  windowMs: WINDOW_MS,
  sideBySide: SIDE_BY_SIDE,
  waiting: WAITING,
};

/** Decides who may ask, and when it is their turn. */
export class Admission {
  readonly #rates: RateLimitManager;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  public constructor(private readonly limits: AdmissionLimits = LIMITS) {
    this.#rates = new RateLimitManager(limits.windowMs, limits.requests);
  }

  /** Counts a request of this user; a sentence for them when it is one too many. */
  public refusalFor(userId: string): string | null {
    const rate = this.#rates.acquire(userId);
    if (rate.limited) {
      const seconds = Math.ceil(rate.remainingTime / 1000);
      return `⏳ That is a lot at once. Please try again in ${seconds === 1 ? '1 second' : `${String(seconds)} seconds`}.`;
    }
    rate.consume();
    return this.#queue.length < this.limits.waiting ? null : BUSY;
  }

  /** Resolves when it is this request's turn. */
  public async turn(): Promise<EndTurn> {
    if (this.#running < this.limits.sideBySide) this.#running++;
    else {
      // Whoever ends a turn hands it over.
      await new Promise<void>((resolve) => {
        this.#queue.push(resolve);
      });
    }
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const next = this.#queue.shift();
      if (next === undefined) this.#running--;
      else next();
    };
  }
}

import { RateLimitManager } from '@sapphire/ratelimits';

/** More than anybody asks in earnest who reads the answers; a flood is held up after a moment. */
const REQUESTS = 10;
const WINDOW_MS = 20_000;

/**
 * How many requests are answered side by side: with an edit a second each, that is all the fifty requests a second
 * that Discord allows a bot. Others wait for their turn.
 */
const SIDE_BY_SIDE = 64;
/** How many of them may be one person's: while a model is slow, a few people must not keep everybody waiting. */
const PER_PERSON = 3;
/** How many may wait; with answers of a few seconds each, the last of them waits for a minute or so. */
const WAITING = 1000;

const BUSY = '⏳ Too many people are asking at the moment. Please try again in a minute.';

/** Ends a turn; more than once is no harm. */
export type EndTurn = () => void;

export interface AdmissionLimits {
  readonly requests: number;
  readonly windowMs: number;
  readonly sideBySide: number;
  readonly perPerson: number;
  readonly waiting: number;
}

const LIMITS: AdmissionLimits = {
  requests: REQUESTS,
  windowMs: WINDOW_MS,
  sideBySide: SIDE_BY_SIDE,
  perPerson: PER_PERSON,
  waiting: WAITING,
};

interface Waiting {
  readonly userId: string;
  readonly begin: () => void;
}

/** Decides who may ask, and when it is their turn. */
export class Admission {
  readonly #rates: RateLimitManager;
  readonly #queue: Waiting[] = [];
  /** Who has how many turns. */
  readonly #running = new Map<string, number>();

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

  /** Resolves when it is the turn of this request of a user's. */
  public async turn(userId: string): Promise<EndTurn> {
    await new Promise<void>((begin) => {
      this.#queue.push({ userId, begin });
      this.#beginNext();
    });
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const left = this.#turnsOf(userId) - 1;
      if (left === 0) this.#running.delete(userId);
      else this.#running.set(userId, left);
      this.#beginNext();
    };
  }

  /** Begins the first request that may, if there is one: a place that became free serves one. */
  #beginNext(): void {
    const taken = [...this.#running.values()].reduce((sum, turns) => sum + turns, 0);
    if (taken >= this.limits.sideBySide) return;
    const index = this.#queue.findIndex(({ userId }) => this.#turnsOf(userId) < this.limits.perPerson);
    const [next] = index === -1 ? [] : this.#queue.splice(index, 1);
    if (next === undefined) return;
    this.#running.set(next.userId, this.#turnsOf(next.userId) + 1);
    next.begin();
  }

  #turnsOf(userId: string): number {
    return this.#running.get(userId) ?? 0;
  }
}

import { RateLimitManager } from '@sapphire/ratelimits';

import { slowDown } from '../../replies/refusal.js';

/** More than anybody asks who reads the answers; enough to stop a flood after a moment. */
const REQUESTS = 10;
const WINDOW_MS = 20_000;

/**
 * How many requests are answered at the same time: with an edit a second each, they use up the fifty requests a second
 * that Discord allows a bot. Others queue.
 */
const CONCURRENT = 64;
/** How many of those one person may have: while a model is slow, a few people must not block everybody else. */
const PER_PERSON = 3;
/** How many may queue; with answers of a few seconds each, the last one waits about a minute. */
const WAITING = 1000;

const BUSY = '⏳ Too many people are asking right now. Please try again in a minute.';

/** Gives the slot back; calling it again does nothing. */
export type Release = () => void;

export interface AdmissionLimits {
  readonly requests: number;
  readonly windowMs: number;
  readonly concurrent: number;
  readonly perPerson: number;
  readonly waiting: number;
}

const LIMITS: AdmissionLimits = {
  requests: REQUESTS,
  windowMs: WINDOW_MS,
  concurrent: CONCURRENT,
  perPerson: PER_PERSON,
  waiting: WAITING,
};

interface Waiting {
  readonly userId: string;
  readonly start: () => void;
}

/** Decides who may ask, and when their request starts. */
export class Admission {
  readonly #rates: RateLimitManager;
  readonly #queue: Waiting[] = [];
  /** How many slots each user holds. */
  readonly #running = new Map<string, number>();

  public constructor(private readonly limits: AdmissionLimits = LIMITS) {
    this.#rates = new RateLimitManager(limits.windowMs, limits.requests);
  }

  /** Counts a request by this user; returns a sentence for them when it is one too many. */
  public refusalFor(userId: string): string | null {
    const rate = this.#rates.acquire(userId);
    if (rate.limited) return slowDown(rate.remainingTime);
    rate.consume();
    return this.#queue.length < this.limits.waiting ? null : BUSY;
  }

  /** Waits for a slot for a request by this user. */
  public async acquire(userId: string): Promise<Release> {
    await new Promise<void>((start) => {
      this.#queue.push({ userId, start });
      this.#startNext();
    });
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const left = this.#slotsOf(userId) - 1;
      if (left === 0) this.#running.delete(userId);
      else this.#running.set(userId, left);
      this.#startNext();
    };
  }

  /** Starts the first request in the queue that may have a slot, if there is a free one. */
  #startNext(): void {
    const taken = [...this.#running.values()].reduce((sum, slots) => sum + slots, 0);
    if (taken >= this.limits.concurrent) return;
    const index = this.#queue.findIndex(({ userId }) => this.#slotsOf(userId) < this.limits.perPerson);
    const [next] = index === -1 ? [] : this.#queue.splice(index, 1);
    if (next === undefined) return;
    this.#running.set(next.userId, this.#slotsOf(next.userId) + 1);
    next.start();
  }

  #slotsOf(userId: string): number {
    return this.#running.get(userId) ?? 0;
  }
}

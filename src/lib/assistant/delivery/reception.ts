import { setTimeout as sleep } from 'node:timers/promises';

import type { ILogger } from '@sapphire/framework';

import { Admission } from './admission.js';
import { describeFailure, sentenceOf } from './failures.js';
import type { Place } from './place.js';
import { Refusal } from './refusal.js';
import type { Request } from './requests.js';

/** How many are remembered. */
const MAX_OBSTACLES = 1000;

const CLOSED = '⏳ The bot is restarting. Please ask again in a moment.';

/**
 * Takes in requests and sees them through. No method rejects: the asker is told what went wrong in a sentence, and
 * the log gets a line that holds nothing of what was said. `kind` is what that line calls the request.
 */
export class Reception {
  readonly #admission = new Admission();
  readonly #underway = new Set<Promise<void>>();
  #closed = false;
  /** What kept answers from being posted, and was said. */
  readonly #obstacles = new Set<string>();

  public constructor(private readonly logger: Pick<ILogger, 'warn'>) {}

  /** Does the work when there is a slot for it, unless the asker has to slow down. */
  public async serve({ place, asker }: Request, kind: string, work: () => Promise<void>): Promise<void> {
    await this.#safely(kind, place, async () => {
      this.#refuseWhenClosed();
      const refusal = this.#admission.refusalFor(asker.id);
      if (refusal !== null) return place.refuse(refusal);
      await place.defer();
      const release = await this.#admission.acquire(asker.id);
      try {
        this.#refuseWhenClosed();
        await work();
      } finally {
        release();
      }
    });
  }

  /** Says why there is no answer. Counts as a request. */
  public async refuse({ place, asker }: Request, kind: string, sentence: string): Promise<void> {
    await this.#safely(kind, place, () => place.refuse(this.#admission.refusalFor(asker.id) ?? sentence));
  }

  /** Takes in no more requests: from now on, askers are told to come back. */
  public close(): void {
    this.#closed = true;
  }

  /** Waits until no request is left, `limitMs` at most; whether that is so. */
  public async idle(limitMs: number): Promise<boolean> {
    const over = sleep(limitMs, null, { ref: false });
    while (this.#underway.size > 0) {
      if ((await Promise.race([over, Promise.all(this.#underway)])) === null) return false;
    }
    return true;
  }

  public report(kind: string, error: unknown): void {
    this.logger.warn(`${kind} request failed: ${describeFailure(error)}`);
  }

  #reportOnce(obstacle: string): void {
    if (this.#obstacles.has(obstacle)) return;
    if (this.#obstacles.size >= MAX_OBSTACLES) this.#obstacles.clear();
    this.#obstacles.add(obstacle);
    this.logger.warn(obstacle);
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Refusal(CLOSED);
  }

  async #safely(kind: string, place: Place, work: () => Promise<void>): Promise<void> {
    const { obstacle } = place;
    if (obstacle !== null) {
      this.#reportOnce(`Cannot answer: ${obstacle}`);
      return;
    }
    const done = this.#seeThrough(kind, place, work);
    this.#underway.add(done);
    await done;
    this.#underway.delete(done);
  }

  async #seeThrough(kind: string, place: Place, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const untold = await untellable(place, sentenceOf(error));
      if (!(error instanceof Refusal)) this.report(kind, error);
      else if (untold !== null) this.report(kind, untold);
    } finally {
      place.settle();
    }
  }
}

/** Why the asker cannot be told; `null` when they were told. */
async function untellable(place: Place, sentence: string): Promise<unknown> {
  try {
    await place.refuse(sentence);
    return null;
  } catch (error) {
    return error;
  }
}

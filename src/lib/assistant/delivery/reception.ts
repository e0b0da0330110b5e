import { setTimeout as sleep } from 'node:timers/promises';

import type { ILogger } from '@sapphire/framework';

import { Admission } from './admission.js';
import { describeFailure, sentenceOf } from './failures.js';
import type { Place } from './place.js';
import { Refusal } from './refusal.js';
import type { Request } from './requests.js';

const CLOSED = '⏳ The bot is restarting. Please ask again in a moment.';

/**
 * Takes in requests and sees them through. No method rejects: the asker is told what went wrong in a sentence, and
 * the log gets a line that holds nothing of what was said. `kind` is what that line calls the request.
 */
export class Reception {
  readonly #admission = new Admission();
  readonly #underway = new Set<Promise<void>>();
  #closed = false;

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

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Refusal(CLOSED);
  }

  async #safely(kind: string, place: Place, work: () => Promise<void>): Promise<void> {
    const done = this.#seeThrough(kind, place, work);
    this.#underway.add(done);
    await done;
    this.#underway.delete(done);
  }

  async #seeThrough(kind: string, place: Place, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) this.report(kind, error);
      await place.refuse(sentenceOf(error)).catch((cause: unknown) => {
        this.report(kind, cause);
      });
    } finally {
      place.settle();
    }
  }
}

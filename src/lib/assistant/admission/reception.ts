import { setTimeout as sleep } from 'node:timers/promises';

import type { ILogger } from '@sapphire/framework';

import { describeFailure, sentenceOf } from '../delivery/failures.js';
import type { Place } from '../delivery/place.js';
import { Refusal } from '../delivery/refusal.js';
import type { Job } from '../delivery/requests.js';
import { Admission } from './admission.js';
import type { Gate } from './gate.js';
import { isForbidden, Obstacles } from './obstacles.js';

const CLOSED = '⏳ The bot is restarting. Please ask again in a moment.';

/**
 * Takes in requests and sees them through. No method rejects: the asker is told what went wrong in a sentence, and
 * the log gets a line that holds nothing of what was said. `kind` is what that line calls the request.
 */
export class Reception {
  readonly #admission = new Admission();
  readonly #obstacles = new Obstacles();
  readonly #underway = new Set<Promise<void>>();
  #closed = false;

  public constructor(
    private readonly gate: Pick<Gate, 'accessRefusal' | 'refusalFor' | 'spentRefusal'>,
    private readonly logger: Pick<ILogger, 'warn'>,
  ) {}

  /** Does the work when the asker may have it done and there is a slot for it. */
  public async serve(job: Job, kind: string, work: () => Promise<void>): Promise<void> {
    const { place, asker } = job;
    await this.#safely(kind, job, async () => {
      this.#refuseWhenClosed();
      const refusal = this.#admission.refusalFor(asker.id) ?? (await this.gate.refusalFor(job));
      if (refusal !== null) return place.refuse(refusal);
      await place.defer();
      const release = await this.#admission.acquire(asker.id);
      try {
        this.#refuseWhenClosed();
        const spent = await this.gate.spentRefusal(job);
        if (spent !== null) throw new Refusal(spent);
        await work();
      } finally {
        release();
      }
    });
  }

  /** Says why there is no answer. Counts as a request. */
  public async refuse(job: Job, kind: string, sentence: string): Promise<void> {
    await this.#safely(kind, job, async () => {
      const flood = this.#admission.refusalFor(job.asker.id);
      await job.place.refuse(flood ?? (await this.gate.accessRefusal(job)) ?? sentence);
    });
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

  /** Logs a failure; what keeps the bot from posting in a channel is logged once, until something is posted there. */
  public report(
    kind: string,
    { channelId, guildId }: Pick<Job, 'channelId' | 'guildId'>,
    error: unknown,
  ): void {
    if (!isForbidden(error)) {
      this.logger.warn(`${kind} request failed: ${describeFailure(error)}`);
      return;
    }
    const where = `channel ${channelId}${guildId === null ? '' : ` of server ${guildId}`}`;
    this.#reportObstacle(channelId, `${error.message} in ${where}`);
  }

  #reportObstacle(channelId: string, obstacle: string): void {
    if (this.#obstacles.isNews(channelId, obstacle)) this.logger.warn(`Cannot answer: ${obstacle}`);
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Refusal(CLOSED);
  }

  async #safely(kind: string, job: Job, work: () => Promise<void>): Promise<void> {
    const { obstacle } = job.place;
    if (obstacle !== null) {
      this.#reportObstacle(job.channelId, obstacle);
      return;
    }
    const done = this.#seeThrough(kind, job, work);
    this.#underway.add(done);
    await done;
    this.#underway.delete(done);
  }

  async #seeThrough(kind: string, job: Job, work: () => Promise<void>): Promise<void> {
    const { place, channelId } = job;
    try {
      await work();
      this.#obstacles.clear(channelId);
    } catch (error) {
      const untold = await untellable(place, sentenceOf(error));
      if (!(error instanceof Refusal)) this.report(kind, job, error);
      else if (untold !== null) this.report(kind, job, untold);
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

import type { ILogger } from '@sapphire/framework';

import { Admission } from './admission.js';
import { describeFailure, sentenceOf } from './failures.js';
import type { Place } from './place.js';
import { Refusal } from './refusal.js';
import type { Request } from './requests.js';

/**
 * Takes in requests and sees them through. No method rejects: the asker is told what went wrong in a sentence, and
 * the log gets a line that holds nothing of what was said. `kind` is what that line calls the request.
 */
export class Reception {
  readonly #admission = new Admission();

  public constructor(private readonly logger: Pick<ILogger, 'warn'>) {}

  /** Does the work when there is a slot for it, unless the asker has to slow down. */
  public async serve({ place, asker }: Request, kind: string, work: () => Promise<void>): Promise<void> {
    await this.#safely(kind, place, async () => {
      const refusal = this.#admission.refusalFor(asker.id);
      if (refusal !== null) return place.refuse(refusal);
      await place.defer();
      const release = await this.#admission.acquire(asker.id);
      try {
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

  public report(kind: string, error: unknown): void {
    this.logger.warn(`${kind} request failed: ${describeFailure(error)}`);
  }

  async #safely(kind: string, place: Place, work: () => Promise<void>): Promise<void> {
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

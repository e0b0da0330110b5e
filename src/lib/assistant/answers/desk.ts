import type { Job } from '../delivery/requests.js';
import { type Deadline, deadline } from '../model/deadline.js';
import { Meter, type ModelRequest, type ModelRequestKind } from '../model/meter.js';

export interface DeskOptions {
  /** Hides the secrets in a text. */
  readonly mask: (text: string) => string;
  /** Told of every request to a model that has ended. */
  readonly onModelRequest: (request: ModelRequest) => void;
}

/** What every kind of answer needs: a time limit, a meter, and the masker. */
export class Desk {
  public readonly mask: DeskOptions['mask'];
  readonly #deadlines = new Set<Deadline>();

  public constructor(private readonly options: DeskOptions) {
    this.mask = options.mask;
  }

  public meter(kind: ModelRequestKind, { asker }: Pick<Job, 'asker'>): Meter {
    return new Meter(kind, asker.id, this.options.onModelRequest);
  }

  /** Does something that ends in time for Discord, and with the bot. */
  public async within<T>(
    { snapshot, place }: Pick<Job, 'place' | 'snapshot'>,
    work: (time: Deadline) => Promise<T>,
  ): Promise<T> {
    const time = deadline(Math.min(snapshot.settings.TIMEOUT, place.msLeft / 1000));
    this.#deadlines.add(time);
    try {
      return await work(time);
    } finally {
      this.#deadlines.delete(time);
      // Nothing waits for what is still under way.
      time.stop();
    }
  }

  /** Ends everything that is under way. */
  public interrupt(): void {
    for (const time of this.#deadlines) time.interrupt();
  }
}

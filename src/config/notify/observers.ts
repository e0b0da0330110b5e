import { reasonOf } from '../faults/config-error.js';
import type { SubscriberFailure } from '../outcome.js';

/** Everybody who is told of something at once and in order, each isolated from the others. */
export class Observers<Event> {
  readonly #observers: { readonly observe: (event: Event) => void; readonly name: string }[] = [];

  public constructor(private readonly mask: (text: string) => string) {}

  /** `name` is what the operator reads when it throws. */
  public add(observe: (event: Event) => void, name: string): void {
    this.#observers.push({ observe, name });
  }

  /** Tells all of them, and returns those that threw. */
  public tell(event: Event): readonly SubscriberFailure[] {
    const failures: SubscriberFailure[] = [];
    for (const { observe, name } of this.#observers) {
      try {
        observe(event);
      } catch (error) {
        failures.push({ name, reason: this.mask(reasonOf(error)) });
      }
    }
    return failures;
  }
}

import type { Outcome, Trigger } from './outcome.js';

/** How many outcomes are remembered. */
const HISTORY_LENGTH = 50;

/** When, and at whose request, a key last changed. */
export interface LastChange {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly trigger: Trigger;
}

/** What became of every refresh: the one place where outcomes are recorded, whatever the trigger. */
export class History {
  readonly #outcomes: Outcome[] = [];
  readonly #lastChanges = new Map<string, LastChange>();
  readonly #observers = new Set<(outcome: Outcome) => void>();

  /** The last {@link HISTORY_LENGTH} outcomes, oldest first. */
  public get outcomes(): readonly Outcome[] {
    return this.#outcomes;
  }

  public lastChange(key: string): LastChange | undefined {
    return this.#lastChanges.get(key);
  }

  public onOutcome(observe: (outcome: Outcome) => void): void {
    this.#observers.add(observe);
  }

  /**
   * Remembers an outcome, tells every observer, and returns it. What an observer throws is thrown when all have been
   * told.
   */
  public record(outcome: Outcome): Outcome {
    this.#outcomes.push(outcome);
    if (this.#outcomes.length > HISTORY_LENGTH) this.#outcomes.shift();
    const errors: unknown[] = [];
    for (const observe of this.#observers) {
      try {
        observe(outcome);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
    return outcome;
  }

  public changed(keys: Iterable<string>, change: LastChange): void {
    for (const key of keys) this.#lastChanges.set(key, change);
  }
}

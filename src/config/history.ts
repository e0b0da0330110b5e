import type { Outcome, Trigger } from './outcome.js';

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

  /** Remembers the last `length` outcomes. */
  public constructor(private readonly length: number) {}

  /** The last outcomes, oldest first. */
  public get outcomes(): readonly Outcome[] {
    return this.#outcomes;
  }

  public lastChange(key: string): LastChange | undefined {
    return this.#lastChanges.get(key);
  }

  public record(outcome: Outcome): void {
    this.#outcomes.push(outcome);
    if (this.#outcomes.length > this.length) this.#outcomes.shift();
  }

  /** Remembers when these keys changed; those that `exists` denies are forgotten. */
  public changed(keys: Iterable<string>, change: LastChange, exists: (key: string) => boolean): void {
    for (const key of keys) {
      if (exists(key)) this.#lastChanges.set(key, change);
      else this.#lastChanges.delete(key);
    }
  }
}

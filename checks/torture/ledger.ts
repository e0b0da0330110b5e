/** Something that must never happen, and what led up to it. */
export interface Violation {
  readonly round: number;
  readonly what: string;
  /** The last actions before it, oldest first. */
  readonly actions: readonly string[];
}

const REMEMBERED = 40;

/** What a run did, counted and got wrong. */
export class Ledger {
  public round = 0;
  public readonly violations: Violation[] = [];
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #actions: string[] = [];
  readonly #started = performance.now();

  /** Counts a member of a group, such as a kind of save. */
  public count(group: string, name: string, times = 1): void {
    const counts = this.#counts.get(group) ?? new Map<string, number>();
    counts.set(name, (counts.get(name) ?? 0) + times);
    this.#counts.set(group, counts);
  }

  public counted(group: string): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts.get(group) ?? []);
  }

  /** Remembers an action, to explain a violation later. */
  public note(action: string): void {
    const at = ((performance.now() - this.#started) / 1000).toFixed(3);
    this.#actions.push(`${at} s, round ${String(this.round)}: ${action}`);
    if (this.#actions.length > REMEMBERED) this.#actions.shift();
  }

  public violate(what: string): void {
    this.violations.push({ round: this.round, what, actions: [...this.#actions] });
  }
}

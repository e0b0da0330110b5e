import type { Fault } from './errors.js';
import { type BrokenRule, ruleFault, type Snapshot } from './snapshot.js';

/**
 * Looks at a snapshot that is about to become current, and may take its time for it; bounds that time itself. What
 * it objects to rejects the whole refresh.
 */
export type Guard<Settings> = (candidate: Snapshot<Settings>) => Promise<readonly BrokenRule[]>;

/** Everybody who wants a say before a change: what no schema can check, because the answer is somewhere else. */
export class Guards<Settings> {
  readonly #guards = new Set<{ readonly keys: readonly string[]; readonly guard: Guard<Settings> }>();

  /** Returns a function that dismisses the guard. */
  public add(keys: readonly string[], guard: Guard<Settings>): () => void {
    const post = { keys, guard };
    this.#guards.add(post);
    return () => {
      this.#guards.delete(post);
    };
  }

  /** What the guards of the changed keys object to. */
  public async objections(
    candidate: Snapshot<Settings>,
    changed: ReadonlySet<string>,
  ): Promise<readonly Fault[]> {
    const concerned = [...this.#guards].filter(({ keys }) => keys.some((key) => changed.has(key)));
    const broken = await Promise.all(concerned.map(({ guard }) => guard(candidate)));
    return broken.flat().map((rule) => ruleFault(rule, candidate.entries.get(rule.key)?.line ?? null));
  }
}

import { type Clock, within } from '../clock.js';
import type { Fault } from '../faults/config-error.js';
import { type BrokenRule, ruleFault, type Snapshot, uncheckable } from '../snapshot/snapshot.js';

/**
 * How long a guard may take before nothing passes it. Longer than a request to Discord, and bounded, because every
 * other refresh waits: a rate limit can keep a guard for an hour.
 */
export const GUARD_LIMIT_MS = 10_000;

/**
 * Looks at a snapshot that is about to become current, and may take its time for it, up to {@link GUARD_LIMIT_MS}.
 * What it objects to rejects the whole refresh.
 */
export type Guard<Settings> = (candidate: Snapshot<Settings>) => Promise<readonly BrokenRule[]>;

interface Post<Settings> {
  readonly keys: readonly string[];
  readonly guard: Guard<Settings>;
}

/** Everybody who wants a say before a change: what no schema can check, because the answer is somewhere else. */
export class Guards<Settings> {
  readonly #guards = new Set<Post<Settings>>();

  public constructor(private readonly clock: Clock) {}

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
    const broken = await Promise.all(
      concerned.map((post) => {
        const late = [uncheckable(post.keys, `no answer within ${String(GUARD_LIMIT_MS)} ms`)];
        return within({ clock: this.clock, ms: GUARD_LIMIT_MS, late }, objectionsOf(post, candidate));
      }),
    );
    return broken.flat().map((rule) => ruleFault(rule, candidate.entries.get(rule.key)?.line ?? null));
  }
}

/** A guard that throws or rejects lets nothing pass. */
async function objectionsOf<Settings>(
  { keys, guard }: Post<Settings>,
  candidate: Snapshot<Settings>,
): Promise<readonly BrokenRule[]> {
  try {
    return await guard(candidate);
  } catch (error) {
    return [uncheckable(keys, error)];
  }
}

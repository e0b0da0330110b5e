import { type Clock, within } from '../clock.js';
import { type BrokenRule, type Findings, findingsOf } from '../faults/faults.js';
import { uncheckable } from '../settings/rules.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/** Looks at a snapshot that is about to become current. What it objects to rejects the refresh, or is a warning. */
export type Guard<Settings> = (
  candidate: Snapshot<Settings>,
) => readonly BrokenRule[] | Promise<readonly BrokenRule[]>;

interface Post<Settings> {
  readonly keys: readonly string[];
  readonly guard: Guard<Settings>;
}

/** Everybody who has a say before a change: what no schema can check, because the answer is somewhere else. */
export class Guards<Settings> {
  readonly #posts = new Set<Post<Settings>>();

  /** Nothing passes a guard that takes longer than `limitMs` milliseconds. */
  public constructor(
    private readonly clock: Clock,
    private readonly limitMs: number,
  ) {}

  /** Returns a function that dismisses the guard. */
  public add(keys: readonly string[], guard: Guard<Settings>): () => void {
    const post = { keys, guard };
    this.#posts.add(post);
    return () => {
      this.#posts.delete(post);
    };
  }

  /** What the guards of the changed keys have found. */
  public async findings(candidate: Snapshot<Settings>, changed: ReadonlySet<string>): Promise<Findings> {
    const concerned = [...this.#posts].filter(({ keys }) => keys.some((key) => changed.has(key)));
    const broken = await Promise.all(
      concerned.map((post) => {
        const late = [uncheckable(post.keys, `no answer within ${String(this.limitMs)} ms`)];
        return within({ clock: this.clock, ms: this.limitMs, late }, objectionsOf(post, candidate));
      }),
    );
    return findingsOf(broken.flat(), (key) => candidate.entries.get(key)?.line ?? null);
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

import type { Outcome, Trigger } from './outcome.js';
import type { Change, Diff } from './snapshot/diff.js';

/** When, and at whose request, a key last changed. */
export interface LastChange {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Everything that asked for the run. */
  readonly triggers: readonly [Trigger, ...Trigger[]];
}

/** How many changes of a kind, and how much of a value, are remembered: what a report spells out. */
const MAX_CHANGES = 50;
const MAX_VALUE_LENGTH = 200;

/**
 * What became of every refresh: the one place where outcomes are recorded, whatever the trigger. It takes no more
 * memory for large configurations than for small ones.
 */
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
    this.#outcomes.push(shortened(outcome));
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

/** The outcome itself when it is small, as nearly all are. */
function shortened(outcome: Outcome): Outcome {
  const triggers = firstOf(outcome.triggers);
  const warnings = firstOf(outcome.warnings);
  const isShort = triggers === outcome.triggers && warnings === outcome.warnings;
  if (outcome.kind === 'rejected') return isShort ? outcome : { ...outcome, triggers, warnings };
  const diff = shortDiff(outcome.diff);
  return isShort && diff === outcome.diff ? outcome : { ...outcome, triggers, warnings, diff };
}

function shortDiff(diff: Diff): Diff {
  const [added, removed, modified] = [diff.added, diff.removed, diff.modified].map(shortChanges);
  if (
    added === diff.added &&
    removed === diff.removed &&
    modified === diff.modified &&
    diff.effective.size <= MAX_CHANGES
  )
    return diff;
  return {
    ...diff,
    added: added ?? [],
    removed: removed ?? [],
    modified: modified ?? [],
    effective: new Set([...diff.effective].slice(0, MAX_CHANGES)),
    counts: { added: diff.added.length, removed: diff.removed.length, modified: diff.modified.length },
  };
}

function shortChanges(changes: readonly Change[]): readonly Change[] {
  const isShort = changes.length <= MAX_CHANGES && changes.every((change) => shortChange(change) === change);
  return isShort ? changes : firstOf(changes).map(shortChange);
}

function shortChange(change: Change): Change {
  const { before, after, fallback } = change;
  const isShort = [before, after, fallback?.value].every((value) => (value?.length ?? 0) <= MAX_VALUE_LENGTH);
  return isShort
    ? change
    : {
        ...change,
        before: before === null ? null : shortValue(before),
        after: after === null ? null : shortValue(after),
        fallback: fallback === null ? null : { ...fallback, value: shortValue(fallback.value) },
      };
}

/** A copy: a slice of a string keeps all of it in memory. */
function shortValue(value: string): string {
  return Buffer.from(value.slice(0, MAX_VALUE_LENGTH)).toString();
}

function firstOf<List extends readonly unknown[]>(list: List): List {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what had a first item still has it
  return list.length <= MAX_CHANGES ? list : (list.slice(0, MAX_CHANGES) as readonly unknown[] as List);
}

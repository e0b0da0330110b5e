import { isSensitiveExtra, MASK, nameOf } from '../secrets/sensitive.js';
import type { Environment } from '../settings/environment.js';
import type { Steps } from '../steps.js';
import type { EntryTable } from './entry-table.js';
import type { Entry, Origin } from './entry.js';

/** One key that changed. Values are as people read them; a sensitive one is the mask. */
export interface Change {
  readonly key: string;
  /** Whether it is a setting, whose name may be shown whatever it looks like. */
  readonly declared: boolean;
  readonly sensitive: boolean;
  /** `null` when the key was not supplied before. */
  readonly before: string | null;
  /** `null` when the key is not supplied any more. */
  readonly after: string | null;
  /** What a key that is gone from the file falls back to: to its default, or to the process environment. */
  readonly fallback: { readonly value: string; readonly origin: Origin['kind'] } | null;
}

/** What one configuration has that another has not, over the keys that the file or the environment supplies. */
export interface Diff {
  readonly added: readonly Change[];
  readonly removed: readonly Change[];
  readonly modified: readonly Change[];
  /** How many supplied keys are the same. */
  readonly unchanged: number;
  /** Every key whose effective value differs, supplied or not. */
  readonly effective: ReadonlySet<string>;
  /** How many changes of each kind there were, where the history has kept only the first of them. */
  readonly counts?: { readonly added: number; readonly removed: number; readonly modified: number };
}

/**
 * Compares two configurations by effective values. Reordering, requoting and comments are no change. `mask` is
 * asked of every value shown: one that is no secret may still contain one. Nothing differs from no configuration.
 */
export function* diff(
  previous: EntryTable | null,
  next: EntryTable,
  mask: (text: string) => string,
  environment: Environment = {},
): Steps<Diff> {
  if (previous === null) return NO_DIFFERENCE;
  const added: Change[] = [];
  const removed: Change[] = [];
  const modified: Change[] = [];
  const effective = new Set<string>();
  let unchanged = 0;
  // Between two saves the keys are mostly the same; then no key has to be looked up.
  const aligned = next.isAlignedWith(previous);
  let position = 0;
  for (const after of next) {
    const before = aligned ? previous.at(position++) : previous.get(after.key);
    if (before === after) {
      if (after.supplied) unchanged++;
      continue;
    }
    const same = before !== undefined && before.fragment === after.fragment;
    if (!same) effective.add(after.key);
    const was = before?.supplied === true;
    if (after.supplied) {
      if (!was) added.push(changeOf(undefined, after, mask));
      else if (same) unchanged++;
      else modified.push(changeOf(before, after, mask));
    } else if (was) {
      removed.push(changeOf(before, after, mask));
    }
    yield;
  }
  for (const before of aligned ? [] : previous) {
    if (next.get(before.key) !== undefined) continue;
    effective.add(before.key);
    removed.push(restored(changeOf(before, undefined, mask), environment[before.key], mask));
    yield;
  }
  return { added, removed, modified, unchanged, effective };
}

/** The key of a change as it may be shown. */
export function shownKey({ key, declared }: Change): string {
  return declared ? key : nameOf(key);
}

/** No difference at all. */
export const NO_DIFFERENCE: Diff = {
  added: [],
  removed: [],
  modified: [],
  unchanged: 0,
  effective: new Set(),
};

/** How many of the changes concern secrets. */
export function secretChangesIn({ added, removed, modified }: Diff): number {
  let count = 0;
  for (const changes of [added, removed, modified]) {
    for (const { sensitive } of changes) if (sensitive) count++;
  }
  return count;
}

/** Whether nothing that anybody could notice differs. */
export function isEmpty({ added, removed, modified, effective }: Diff): boolean {
  return added.length + removed.length + modified.length + effective.size === 0;
}

function changeOf(
  before: Entry | undefined,
  after: Entry | undefined,
  mask: (text: string) => string,
): Change {
  const sensitive = before?.sensitive === true || after?.sensitive === true;
  const show = (entry: Entry | undefined): string => (sensitive ? MASK : mask(entry?.shown ?? ''));
  const supplied = after?.supplied === true;
  const isRestored = before?.origin.kind === 'file' && after?.origin.kind === 'environment';
  return {
    key: before?.key ?? after?.key ?? '',
    declared: (before ?? after)?.declared === true,
    sensitive,
    before: before === undefined ? null : show(before),
    after: supplied ? show(after) : null,
    fallback:
      after === undefined || (supplied && !isRestored)
        ? null
        : { value: show(after), origin: after.origin.kind },
  };
}

/** An extra that is gone from the file, and has its value of the process environment again, if it has one there. */
function restored(change: Change, text: string | undefined, mask: (text: string) => string): Change {
  if (text === undefined) return change;
  const sensitive = change.sensitive || isSensitiveExtra(change.key, text);
  return { ...change, fallback: { value: sensitive ? MASK : mask(text), origin: 'environment' } };
}

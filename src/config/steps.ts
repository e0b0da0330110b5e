import { setImmediate as turn } from 'node:timers/promises';

import type { Clock } from './clock.js';

/** Work that can be left for a moment after each of its steps. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/**
 * Does the work in slices of about `ms` milliseconds, between which everything else that is due has its turn. A step
 * that takes longer is a slice of its own.
 */
export async function inSlices<Result>(
  steps: Steps<Result>,
  {
    clock,
    ms,
    pause = turn,
  }: { readonly clock: Clock; readonly ms: number; readonly pause?: () => Promise<unknown> },
): Promise<Result> {
  let since = clock.monotonic();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (clock.monotonic() - since < ms) continue;
    await pause();
    since = clock.monotonic();
  }
}

/** Does the work without a pause. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

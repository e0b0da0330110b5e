import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Time, handed to whatever waits or dates something, so that tests decide what time it is. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonic(): number;
  /** Resolves after `ms` milliseconds; rejects with an `AbortError` as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal && { signal });
  },
};

/** What some work comes to, or `late` when that takes longer than `ms` milliseconds. The work is not stopped. */
export async function within<Result>(
  { clock, ms, late }: { readonly clock: Clock; readonly ms: number; readonly late: Result },
  work: Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  // When it is aborted, the work was faster, and its own result is the one that counts.
  const overdue = clock.sleep(ms, limit.signal).then(
    () => late,
    () => late,
  );
  try {
    return await Promise.race([work, overdue]);
  } finally {
    limit.abort();
  }
}

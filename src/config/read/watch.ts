import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';

import type { Clock } from '../clock.js';
import { errorCode } from '../faults/reason.js';
import type { Limits } from '../limits.js';
import type { Arrivals } from './arrivals.js';
import { changedAt, identityOf } from './file-access.js';

/** What the watch sees. */
export type WatchState =
  /** The file is there and readable. */
  | 'watching'
  /** There is no file. */
  | 'missing'
  /** There is something, but it cannot be read: permissions, a directory, a broken file system. */
  | 'unreadable'
  /**
   * The file has no name any more, yet the path still leads to it: a single file that was bind-mounted into a
   * container and then replaced by a rename outside. It will never change again.
   */
  | 'stale mount';

/** The parts of a live configuration that a watch needs. */
export interface WatchedConfig {
  /** The configuration file first, then the files its settings name. */
  readonly files: readonly [string, ...string[]];
  /** Whether the last attempt failed in passing, so that the same content is to be tried again. */
  readonly retryDue: boolean;
  /** Whether a refresh would read something else than the last one did. */
  differsFromLastAttempt(): Promise<boolean>;
  refresh(trigger: { readonly kind: 'watch' }): Promise<unknown>;
}

/** What a watch is told by its owner. */
export interface WatchOptions {
  readonly config: WatchedConfig;
  /** Milliseconds between two looks at the file; asked before each. */
  readonly pollMs: () => number;
  /** Milliseconds a changed file must have been quiet before it is read; asked all the time. */
  readonly debounceMs: () => number;
  readonly limits: Limits;
  readonly clock: Clock;
  /** Hears of changes between two looks. */
  readonly arrivals?: Arrivals;
  /** Called once when a state is entered. */
  readonly onState: (state: WatchState, previous: WatchState) => void;
  /** Called with whatever went wrong that should not have; the watch goes on. */
  readonly onError: (error: unknown) => void;
}

/** One look at the file. */
interface Sight {
  readonly state: WatchState;
  readonly identity: string;
  /** Milliseconds since 1970, or `null` when there is nothing to date. */
  readonly changedAt: number | null;
}

/**
 * Polls a file and asks for a refresh when its content may have changed. Polling sees what notification misses:
 * rename-saves, symbolic links that are swapped, network file systems.
 */
export class Watch {
  #state: WatchState = 'watching';
  /** What was dealt with last, and whether that look was late enough to rule out an unseen change since. */
  #settled: { readonly identity: string; readonly proven: boolean } | null = null;
  /** What could be read, by path, in the state in which it could. */
  readonly #readable = new Map<string, string>();
  /** How long to wait before what failed in passing is tried again. */
  #retryMs: number;
  #lookNow = false;
  #stop: AbortController | null = null;
  #wake: AbortController | null = null;

  public constructor(private readonly options: WatchOptions) {
    this.#retryMs = options.limits.retryFirstMs;
  }

  public get state(): WatchState {
    return this.#state;
  }

  public get running(): boolean {
    return this.#stop !== null;
  }

  /** Begins to watch; does nothing when it already does. Whatever changed since the last refresh is noticed. */
  public start(): void {
    if (this.#stop !== null) return;
    this.#stop = new AbortController();
    this.options.arrivals?.start(() => {
      this.wake();
    });
    void this.#loop(this.#stop.signal);
  }

  public stop(): void {
    this.#stop?.abort();
    this.#stop = null;
    this.options.arrivals?.stop();
    this.wake();
  }

  /** Looks at once, and counts the interval from then. */
  public wake(): void {
    this.#lookNow = true;
    this.#wake?.abort();
  }

  /** Asks again how long to sleep: for when a retry has become due, or an interval or a debounce has changed. */
  public reschedule(): void {
    this.#wake?.abort();
  }

  async #loop(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      // Whoever wakes it while it looks wants another look.
      this.#lookNow = false;
      try {
        await this.#tick(stopped);
      } catch (error) {
        if (!stopped.aborted) this.options.onError(error);
      }
      await this.#pause(stopped);
    }
  }

  async #pause(stopped: AbortSignal): Promise<void> {
    let slept = false;
    while (!slept && !this.#lookNow && !stopped.aborted) slept = await this.#nap(this.#pauseMs());
  }

  /** Whether it was slept through. */
  async #nap(ms: number): Promise<boolean> {
    // One for each sleep: a signal that lives as long as the watch would gather what listened to it.
    const wake = new AbortController();
    this.#wake = wake;
    try {
      await this.options.clock.sleep(ms, wake.signal);
    } catch (error) {
      // Woken early on purpose; anything else is a bug.
      if (!wake.signal.aborted) throw error;
    }
    return !wake.signal.aborted;
  }

  /** A poll interval that cannot be told is a reason to use the last resort, not to stop watching. */
  #pauseMs(): number {
    let pollMs: number = this.options.limits.pollMs;
    try {
      pollMs = this.options.pollMs();
    } catch (error) {
      this.options.onError(error);
    }
    return this.options.config.retryDue ? Math.min(pollMs, this.#retryMs) : pollMs;
  }

  async #tick(stopped: AbortSignal): Promise<void> {
    const { config, limits } = this.options;
    const first = await this.#look();
    const settled = this.#settled;
    if (!config.retryDue && settled?.proven === true && settled.identity === first.identity) return;

    const { sight: quiet, isQuiet } = await this.#waitForQuiet(first, stopped);
    if (stopped.aborted) return;
    this.#enter(quiet.state);
    // Dated before the content is read, so that a save in between is noticed by the next look.
    const proven = this.#provesContent(quiet);
    const retry = config.retryDue;
    if (quiet.state === 'watching' && (retry || (await config.differsFromLastAttempt()))) {
      // To compare takes time, in which the file may have gone: what is there now has to be quiet first.
      if (isQuiet && (await this.#look()).identity !== quiet.identity) {
        this.#lookNow = true;
        return;
      }
      await config.refresh({ kind: 'watch' });
    }
    this.#retryMs =
      retry && config.retryDue ? Math.min(this.#retryMs * 2, limits.retryLastMs) : limits.retryFirstMs;
    this.#settled = { identity: quiet.identity, proven };
  }

  /** Whether the file last changed so long ago that a later change would look different. */
  #provesContent({ changedAt: changed }: Sight): boolean {
    return changed === null || this.options.clock.now() - changed >= this.options.limits.fingerprintMs;
  }

  /** Looks again until the file has been the same for the debounce, which may change meanwhile, or for too long. */
  async #waitForQuiet(
    first: Sight,
    stopped: AbortSignal,
  ): Promise<{ readonly sight: Sight; readonly isQuiet: boolean }> {
    const { clock, limits, debounceMs } = this.options;
    let sight = first;
    if (this.#settled?.identity === sight.identity) return { sight, isQuiet: true };
    for (let period = 0; period < limits.quietPeriods && !stopped.aborted; period++) {
      const since = clock.monotonic();
      for (
        let left = debounceMs();
        left > 0 && !stopped.aborted;
        left = debounceMs() - (clock.monotonic() - since)
      ) {
        await this.#nap(left);
      }
      const next = await this.#look();
      if (next.identity === sight.identity) return { sight: next, isQuiet: true };
      sight = next;
    }
    return { sight, isQuiet: false };
  }

  #enter(state: WatchState): void {
    const previous = this.#state;
    if (state === previous) return;
    this.#state = state;
    this.options.onState(state, previous);
  }

  async #look(): Promise<Sight> {
    const [file, ...companions] = this.options.config.files;
    const sight = await this.#lookAt(file);
    const others = await Promise.all(companions.map((companion) => this.#lookAt(companion)));
    return others.reduce(together, sight);
  }

  async #lookAt(file: string): Promise<Sight> {
    try {
      const stats = await stat(file, { bigint: true });
      // A mount goes stale without any other difference: the last name of the file is what is gone.
      const identity = `${identityOf(stats)}:${String(stats.nlink)}`;
      const sight = { identity, changedAt: changedAt(stats) };
      if (stats.nlink === 0n) return { ...sight, state: 'stale mount' };
      if (!stats.isFile()) return { ...sight, state: 'unreadable' };
      // Permissions do not change without the ctime, which is a part of the identity.
      if (this.#readable.get(file) !== identity) await access(file, constants.R_OK);
      this.#readable.set(file, identity);
      return { ...sight, state: 'watching' };
    } catch (error) {
      const code = errorCode(error);
      if (code === null) throw error;
      const state = code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
      return { state, identity: code, changedAt: null };
    }
  }
}

/** The sight of two files: different when either is, as recent as the later, in the state of the first. */
function together(first: Sight, second: Sight): Sight {
  const dates = [first.changedAt, second.changedAt].filter((date) => date !== null);
  return {
    state: first.state,
    identity: `${first.identity} ${second.identity}`,
    changedAt: dates.length === 0 ? null : Math.max(...dates),
  };
}

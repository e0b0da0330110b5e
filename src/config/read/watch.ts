import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';

import type { Clock } from '../clock.js';
import type { Outcome } from '../outcome.js';
import { changedAt, errorCode, identityOf } from './stable-read.js';

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

/**
 * How old a change must be for a fingerprint to prove that nothing came after it: two saves of the same size within
 * one tick of a file system's clock look alike. FAT's clock ticks every 2 seconds, the coarsest there is.
 */
const FINGERPRINT_PROVES_AFTER_MS = 2000;

/** A file that changes all the time is handed to the refresh after so many periods of waiting for quiet. */
const MAX_QUIET_PERIODS = 30;

/** The parts of a live configuration that a watch needs. */
export interface WatchedConfig {
  /** The configuration file first, then the files its settings name. */
  readonly files: readonly [string, ...string[]];
  differsFromLastAttempt(): Promise<boolean>;
  refresh(request: { readonly trigger: { readonly kind: 'watch' } }): Promise<Outcome>;
}

/** What a watch is told by whoever starts it. */
export interface WatchOptions {
  readonly config: WatchedConfig;
  /** Milliseconds between two looks at the file; asked before each. */
  readonly intervalMs: () => number;
  /** Milliseconds a changed file must have been quiet before it is read; asked at each change. */
  readonly debounceMs: () => number;
  readonly clock: Clock;
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
  #stop: AbortController | null = null;
  #wake: AbortController | null = null;

  public constructor(private readonly options: WatchOptions) {}

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
    void this.#loop(this.#stop.signal);
  }

  public stop(): void {
    this.#stop?.abort();
    this.#stop = null;
    this.wake();
  }

  /** Looks at once, and counts the interval from then: for when the interval has changed. */
  public wake(): void {
    this.#wake?.abort();
  }

  async #loop(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      try {
        await this.#tick(stopped);
      } catch (error) {
        if (!stopped.aborted) this.options.onError(error);
      }
      if (stopped.aborted) return;
      // One for each sleep: a signal that lives as long as the watch would gather what listened to it.
      this.#wake = new AbortController();
      await this.#sleep(this.options.intervalMs(), this.#wake.signal);
    }
  }

  async #tick(stopped: AbortSignal): Promise<void> {
    const first = await this.#look();
    if (this.#settled?.proven === true && this.#settled.identity === first.identity) return;

    const quiet = await this.#waitForQuiet(first, stopped);
    if (stopped.aborted) return;
    this.#enter(quiet.state);
    // Dated before the content is read, so that a save in between is noticed by the next look.
    const proven = this.#provesContent(quiet);
    if (quiet.state === 'watching' && (await this.options.config.differsFromLastAttempt())) {
      const outcome = await this.options.config.refresh({ trigger: { kind: 'watch' } });
      // What did not hold still has not been tried: it stays due.
      if (outcome.kind === 'rejected' && outcome.error.faults.some(({ kind }) => kind === 'unsettled'))
        return;
    }
    this.#settled = { identity: quiet.identity, proven };
  }

  /** Whether the file last changed so long ago that a later change would look different. */
  #provesContent({ changedAt: changed }: Sight): boolean {
    return changed === null || this.options.clock.now() - changed >= FINGERPRINT_PROVES_AFTER_MS;
  }

  async #waitForQuiet(first: Sight, stopped: AbortSignal): Promise<Sight> {
    let sight = first;
    if (this.#settled?.identity === sight.identity) return sight;
    for (let period = 0; period < MAX_QUIET_PERIODS && !stopped.aborted; period++) {
      await this.#sleep(this.options.debounceMs(), stopped);
      const next = await this.#look();
      if (next.identity === sight.identity) return next;
      sight = next;
    }
    return sight;
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

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.options.clock.sleep(ms, signal);
    } catch (error) {
      // Woken early on purpose; anything else is a defect.
      if (!signal.aborted) throw error;
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

import { setTimeout as wait } from 'node:timers/promises';

/** Resolves after `ms` milliseconds; rejects as soon as the signal is aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

const systemSleep: Sleep = async (ms, signal) => {
  await wait(ms, undefined, { signal });
};

/** A wait that can be cut short. */
export class Pause {
  #early: AbortController | null = null;

  public constructor(private readonly sleep: Sleep = systemSleep) {}

  /** Resolves after `ms` milliseconds, or as soon as somebody ends it. */
  public async for(ms: number): Promise<void> {
    const early = new AbortController();
    this.#early = early;
    try {
      await this.sleep(ms, early.signal);
    } catch (error) {
      if (!early.signal.aborted) throw error;
    }
  }

  /** Ends the wait, if there is one. */
  public end(): void {
    this.#early?.abort();
  }
}

import type { Sleep } from '../../../src/lib/gateway/pause.js';

/** Pauses that end when the test says so, and that it can read. */
export class ManualSleep {
  /** The length of every pause so far, in milliseconds. */
  public readonly pauses: number[] = [];
  #end: (() => void) | null = null;

  public readonly sleep: Sleep = (ms, signal) => {
    this.pauses.push(ms);
    return new Promise((resolve, reject) => {
      this.#end = resolve;
      signal.addEventListener('abort', () => {
        reject(new DOMException('ended early', 'AbortError'));
      });
    });
  };

  /** Lets the latest pause pass, and what waits for it run. */
  public async pass(): Promise<void> {
    this.#end?.();
    await settled();
  }
}

/** Resolves when everything that waits for nothing but promises has run. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

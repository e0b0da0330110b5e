import type { Clock } from '../../src/config/clock.js';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  /** Every sleep that was asked for, in milliseconds. */
  public readonly sleeps: number[] = [];
  readonly #sleepers = new Set<Sleeper>();
  #elapsed = 0;

  /** `epoch` is what {@link now} says at first: far from the dates of files, unless told otherwise. */
  public constructor(private readonly epoch = 4_000_000_000_000) {}

  /** How many sleeps have not ended. */
  public get sleeping(): number {
    return this.#sleepers.size;
  }

  public now(): number {
    return this.epoch + this.#elapsed;
  }

  public monotonic(): number {
    return this.#elapsed;
  }

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    return new Promise((resolve, reject) => {
      const sleeper = {
        due: this.#elapsed + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      const abort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(new DOMException('The sleep was aborted', 'AbortError'));
      };
      if (signal?.aborted === true) {
        abort();
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.add(sleeper);
    });
  }

  /** Lets time pass, and ends every sleep that is due by then. */
  public advance(ms: number): void {
    this.#elapsed += ms;
    for (const sleeper of this.#sleepers) if (sleeper.due <= this.#elapsed) sleeper.wake();
  }
}

/** A clock for which every file has been at rest for ages, and every sleep is over at once and takes its time. */
export class EagerClock extends ManualClock {
  readonly #onSleep: (ms: number) => void;

  /** `onSleep` is called before each sleep, as what happens meanwhile. */
  public constructor(epoch?: number, onSleep: (ms: number) => void = () => undefined) {
    super(epoch);
    this.#onSleep = onSleep;
  }

  public override async sleep(ms: number): Promise<void> {
    this.#onSleep(ms);
    const slept = super.sleep(ms);
    this.advance(ms);
    await slept;
  }
}

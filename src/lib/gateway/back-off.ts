/** How a series of pauses grows. */
export interface BackOffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** Beyond this, doubling would only overflow: every pause has reached its maximum long before. */
const MAX_DOUBLINGS = 30;

/**
 * The pauses between attempts. Each is about twice as long as the one before, and up to a half shorter than that by
 * chance, so that the processes of one bot do not come back all at once.
 */
export class BackOff {
  #pauses = 0;

  public constructor(private readonly options: BackOffOptions) {}

  /** Milliseconds until the next attempt; never less than `atLeastMs`, which the other side has asked for. */
  public next(atLeastMs = 0): number {
    const { firstMs, maxMs, random = Math.random } = this.options;
    const ms = Math.min(firstMs * 2 ** this.#pauses, maxMs);
    this.#pauses = Math.min(this.#pauses + 1, MAX_DOUBLINGS);
    return Math.max(atLeastMs, Math.round(ms * (0.5 + random() / 2)));
  }

  /** The next pause is a first one again. */
  public reset(): void {
    this.#pauses = 0;
  }
}

const MINUTE_MS = 60_000;
/** How often those are forgotten who have not asked for a minute. */
const SWEEP_AT = 1000;

/** When people have asked within the last minute. */
export class RecentRequests {
  readonly #times = new Map<string, readonly number[]>();

  /** `now` is a clock in milliseconds that never goes back. */
  public constructor(private readonly now: () => number = () => performance.now()) {}

  /** Counts a request, unless there are `limit` already; how long to wait then, in milliseconds, or `null`. */
  public waitFor(userId: string, limit: number): number | null {
    const now = this.now();
    const recent = (this.#times.get(userId) ?? []).filter((time) => now - time < MINUTE_MS);
    // The limit may have been lowered since.
    const decisive = recent[recent.length - limit];
    if (decisive !== undefined) return decisive + MINUTE_MS - now;
    if (this.#times.size >= SWEEP_AT) this.#sweep(now);
    this.#times.set(userId, [...recent, now]);
    return null;
  }

  #sweep(now: number): void {
    for (const [userId, times] of this.#times)
      if (now - (times.at(-1) ?? 0) >= MINUTE_MS) this.#times.delete(userId);
  }
}

/** Every number the engine decides by. Options of a live configuration can change each. */
export const DEFAULT_LIMITS = {
  /**
   * How long a file must have held still before its bytes count, when there is nothing to compare them with: at the
   * start, or when the file is missing. It outlasts the moment between an unlink and a re-creation.
   */
  settleMs: 500,
  /**
   * The same for content that differs from what is in effect. Every prefix of a `.env` parses, and one that is written
   * over in place is a mixture of both for a while, with every key and the last line break where they belong: nothing
   * but time tells it from a finished save. It is the default debounce of the watch, which waits as long anyway.
   */
  changeSettleMs: 2000,
  /** How often a file that does not hold still yet is looked at. */
  settleStepMs: 50,
  /** How long to wait for a file to hold still before giving up on it. */
  settleLimitMs: 5000,
  /** The largest file that is read, in bytes. A configuration of this size is a mistake. */
  fileBytes: 4 * 1024 * 1024,
  /**
   * The most keys of a file. A hand-written one has dozens; every key costs a little of each refresh, and this many
   * stay under a second of it.
   */
  keys: 20_000,
  /**
   * The longest value, in bytes: a private key has 3 KiB, a certificate with its chain 10. Secrets are looked for in
   * every text that goes out, in many forms each.
   */
  valueBytes: 64 * 1024,
  /**
   * How long the work on a large file goes on before everything else has its turn, in milliseconds: a tenth of what
   * anybody who talks to the bot would notice.
   */
  sliceMs: 10,
  /** How long a subscriber may take before it is named as failed and no longer waited for. */
  subscriberMs: 5000,
  /**
   * How long a guard may take before nothing passes it. Longer than a request to a server, and bounded, because every
   * other refresh waits: a rate limit can keep a guard for an hour.
   */
  guardMs: 10_000,
  /** How many outcomes are remembered. */
  history: 50,
  /** How often the watch looks at the file. */
  pollMs: 5000,
  /** How long a changed file must have been quiet before the watch has it read. */
  debounceMs: 2000,
  /** A file that changes all the time is handed to the refresh after so many periods of waiting for quiet. */
  quietPeriods: 30,
  /**
   * How old a change must be for a fingerprint to prove that nothing came after it: two saves of the same size within
   * one tick of a file system's clock look alike. FAT's clock ticks every 2 seconds, the coarsest there is.
   */
  fingerprintMs: 2000,
  /** How long the watch waits before it tries again what failed in passing; doubled each time. */
  retryFirstMs: 1000,
  /** The longest such wait. */
  retryLastMs: 60_000,
} as const satisfies Readonly<Record<string, number>>;

/** The numbers in force. */
export type Limits = { readonly [Name in keyof typeof DEFAULT_LIMITS]: number };

/** Discord counts milliseconds from the first second of 2015. */
const EPOCH_MS = 1_420_070_400_000n;

/** Mints ids as Discord does: ordered in time, never the same twice. */
export class SnowflakeMint {
  #last = 0n;

  next(): string {
    const now = (BigInt(Date.now()) - EPOCH_MS) << 22n;
    this.#last = now > this.#last ? now : this.#last + 1n;
    return this.#last.toString();
  }
}

/** The shard that a guild belongs to (https://discord.com/developers/docs/events/gateway#sharding). */
export function shardOf(guildId: string, shardCount: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shardCount));
}

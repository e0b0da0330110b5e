import type { ShardView } from '../gateway/readiness.js';
import { relativeTime } from '../replies/markdown.js';
import type { Reply } from '../replies/reply.js';

/** What `/ping` has found out. */
export interface Ping {
  /** The shard that the question came through. */
  readonly shard: Pick<ShardView, 'id' | 'latencyMs'>;
  /** How many shards the bot has, in all its processes. */
  readonly shards: number;
  /** How long a request to Discord and its answer have just taken, in milliseconds. */
  readonly roundTripMs: number;
  /** Since when the bot has been ready, in milliseconds since 1970. */
  readonly readySince: number;
}

/** How the bot and Discord reach each other. */
export function pingReply({ shard, shards, roundTripMs, readySince }: Ping): Reply {
  const gateway = shard.latencyMs === null ? 'not measured yet' : milliseconds(shard.latencyMs);
  return {
    lines: [
      '🏓 Pong!',
      `Gateway latency: ${gateway}`,
      `REST round trip: ${milliseconds(roundTripMs)}`,
      `Shard: ${String(shard.id)} of ${String(shards)}`,
      `Up since: ${relativeTime(readySince)}`,
    ],
  };
}

function milliseconds(ms: number): string {
  return `${String(Math.round(ms))} ms`;
}

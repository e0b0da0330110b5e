import { type Client, Status } from 'discord.js';

/** What discord.js says of a connection, in a word. */
export const SHARD_STATES = [
  'ready',
  'connecting',
  'reconnecting',
  'idle',
  'nearly',
  'disconnected',
  'waiting_for_guilds',
  'identifying',
  'resuming',
] as const;
export type ShardState = (typeof SHARD_STATES)[number];

const STATE_OF: Readonly<Record<Status, ShardState>> = {
  [Status.Ready]: 'ready',
  [Status.Connecting]: 'connecting',
  [Status.Reconnecting]: 'reconnecting',
  [Status.Idle]: 'idle',
  [Status.Nearly]: 'nearly',
  [Status.Disconnected]: 'disconnected',
  [Status.WaitingForGuilds]: 'waiting_for_guilds',
  [Status.Identifying]: 'identifying',
  [Status.Resuming]: 'resuming',
};

/** One connection to the gateway. */
export interface ShardView {
  readonly id: number;
  readonly state: ShardState;
  /** How long the last heartbeat took to be acknowledged; `null` before the first. */
  readonly latencyMs: number | null;
}

/** What stands between the bot and Discord. */
export interface GatewayState {
  /** Whether the bot was ever ready. */
  readonly loggedIn: boolean;
  readonly tokenRefused: boolean;
  /** The shards of this process. */
  readonly shards: readonly ShardView[];
}

/** The shards that a client runs in this process. */
export function shardsOf({ ws }: Pick<Client, 'ws'>): readonly ShardView[] {
  return ws.shards.map(({ id, status, ping }) => ({
    id,
    state: STATE_OF[status],
    latencyMs: ping < 0 ? null : ping,
  }));
}

/** What keeps the bot from answering, a line each; nothing when it is ready. */
export function obstaclesTo({ loggedIn, tokenRefused, shards }: GatewayState): readonly string[] {
  return [
    ...(tokenRefused ? ['Discord refuses the token'] : []),
    ...(loggedIn ? [] : ['not logged in yet']),
    ...shards
      .filter(({ state }) => state !== 'ready')
      .map(({ id, state }) => `shard ${String(id)} is not connected (${state.replaceAll('_', ' ')})`),
  ];
}

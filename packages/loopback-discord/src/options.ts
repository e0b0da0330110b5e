import type { GatewayPresenceUpdateData } from 'discord-api-types/v10';

import type { User } from './world/guild.js';
import type { WorldOptions } from './world/world.js';

export interface LoopbackOptions extends WorldOptions {
  /** The token that the bot may log in with; more through `tokens`. */
  readonly token: string;
  /** The port to listen on, as that of a Discord that was stopped; any free one unless given. */
  readonly port?: number;
  /** Milliseconds until an interaction without a callback is lost; 3,000 as on Discord. */
  readonly interactionDeadlineMs?: number;
  /** Milliseconds that an answer can be edited and followed up for; 15 minutes as on Discord. */
  readonly interactionLifetimeMs?: number;
  /** What HELLO asks for; 41,250 ms as on Discord. */
  readonly heartbeatIntervalMs?: number;
  /** How many shards `GET /gateway/bot` recommends; 1 unless given. */
  readonly shards?: number;
  /** Milliseconds after which the server stops itself; an hour unless given. */
  readonly maxLifetimeMs?: number;
}

export interface BotStatus {
  readonly user: User;
  /** Whether a session has a live connection. */
  readonly connected: boolean;
  /** How many sessions have one. */
  readonly sessions: number;
  /** The latest, from a login or an update. */
  readonly presence: GatewayPresenceUpdateData | undefined;
  /** The intents of the newest session. */
  readonly intents: number | undefined;
  /** How often a bot identified, and how often it resumed. */
  readonly identifies: number;
  readonly resumes: number;
}

import type { TypedEvents } from 'loopback-kit';

import { ApiError } from '../../errors/api-error.js';
import type { DiscordEvents } from '../../journal/events.js';
import type { Board } from '../../users/board.js';
import type { Interactions } from '../../users/interactions.js';
import type { CommandRegistry } from '../../world/commands.js';
import type { Channel, Guild } from '../../world/guild.js';
import type { World } from '../../world/world.js';
import type { Router } from '../router.js';

/** What routes are made of. */
export interface RoutesParts {
  readonly router: Router;
  readonly world: World;
  readonly board: Board;
  readonly commands: CommandRegistry;
  readonly interactions: Interactions;
  readonly events: TypedEvents<DiscordEvents>;
  /** `ws://127.0.0.1:PORT` */
  readonly gatewayUrl: string;
  /** How many shards the bot is told to run. */
  readonly shards: number;
}

/** Throws what Discord answers to a channel that the bot cannot see. */
export function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw new ApiError(404, 10_003, 'Unknown Channel');
  return channel;
}

export function guildOf(world: World, id: string): Guild {
  const guild = world.guilds.get(id);
  if (!guild) throw new ApiError(404, 10_004, 'Unknown Guild');
  return guild;
}

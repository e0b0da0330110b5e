import { GatewayDispatchEvents, GatewayIntentBits, GatewayVersion } from 'discord-api-types/v10';
import type { GatewayReadyDispatchData } from 'discord-api-types/v10';
import { assume } from 'loopback-kit';

import { guildCreateToWire } from '../wire/guild.js';
import { userToWire } from '../wire/user.js';
import type { World } from '../world/world.js';
import type { Session } from './session.js';

/** READY with unavailable guilds, then a GUILD_CREATE for each. */
export function welcome(session: Session, world: World, gatewayUrl: string): void {
  const { bot } = session;
  const guilds = [...world.guilds.values()].filter((guild) => session.sees(guild));
  const ready: GatewayReadyDispatchData = {
    v: Number(GatewayVersion),
    user: userToWire(bot),
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: gatewayUrl,
    shard: [...session.shard],
    application: { id: bot.id, flags: assume(0), flags_new: '0' },
  };
  session.send(GatewayDispatchEvents.Ready, ready);
  if ((session.intents & GatewayIntentBits.Guilds) === 0) return;
  for (const guild of guilds)
    session.send(GatewayDispatchEvents.GuildCreate, guildCreateToWire(guild, world.memberOf(guild, bot)));
}

import { GatewayDispatchEvents, GatewayIntentBits, GatewayVersion } from 'discord-api-types/v10';
import type { GatewayReadyDispatchData, GatewayRequestGuildMembersData } from 'discord-api-types/v10';
import { assume } from 'loopback-kit';

import { guildCreateToWire, memberToWire, userToWire } from '../world/wire.js';
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

/** Answers op 8, in one chunk. */
export function sendMembers(session: Session, world: World, request: GatewayRequestGuildMembersData): void {
  const guild = world.guilds.get(request.guild_id);
  if (!guild || !session.sees(guild)) return;
  const ids = 'user_ids' in request ? [request.user_ids].flat() : undefined;
  const members = [...guild.members.values()].filter(({ user }) =>
    ids ? ids.includes(user.id) : user.name.startsWith('query' in request ? request.query : ''),
  );
  session.send(GatewayDispatchEvents.GuildMembersChunk, {
    guild_id: guild.id,
    members: members.map(memberToWire),
    chunk_index: 0,
    chunk_count: 1,
    nonce: request.nonce,
  });
}

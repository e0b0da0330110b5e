import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';

import { guildCreateToWire } from '../wire/guild.js';
import { memberToWire } from '../wire/user.js';
import type { WorldChanges } from '../world/world.js';
import type { Gateway } from './gateway.js';

/** Tells the gateway what changed in the world. The world is older than its gateway, hence the function. */
export function worldChanges(gateway: () => Gateway): WorldChanges {
  return {
    guildAdded(guild, bot) {
      const self = guild.members.get(bot.id);
      if (!self) return;
      const data = guildCreateToWire(guild, self);
      gateway().dispatch({
        event: GatewayDispatchEvents.GuildCreate,
        data,
        guild,
        intents: GatewayIntentBits.Guilds,
      });
    },
    guildRemoved(guild) {
      const data = { id: guild.id };
      gateway().dispatch({
        event: GatewayDispatchEvents.GuildDelete,
        data,
        guild,
        intents: GatewayIntentBits.Guilds,
      });
    },
    memberChanged(guild, member) {
      const data = { ...memberToWire(member), guild_id: guild.id };
      const event = GatewayDispatchEvents.GuildMemberUpdate;
      gateway().dispatch({ event, data, guild, intents: GatewayIntentBits.GuildMembers });
    },
  };
}

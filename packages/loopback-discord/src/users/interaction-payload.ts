import {
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  Locale,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { InteractionType } from 'discord-api-types/v10';

import { memberToWire, userToWire } from '../wire/user.js';
import type { Guild } from '../world/guild.js';
import type { Interaction } from '../world/interaction.js';
import type { World } from '../world/world.js';
import { MAX_FILE } from './board.js';

/** Where the bot hears of the interaction, and what INTERACTION_CREATE says of it. */
export interface SentInteraction {
  /** Undefined in a direct message, and where the bot is not a member. */
  readonly guild: Guild | undefined;
  readonly payload: object;
}

/** `data` is what the user chose; `more` holds the fields that only this type of interaction has. */
export function interactionToWire(
  world: World,
  { id, token, user, channel }: Interaction,
  type: InteractionType,
  data: object,
  more: object = {},
): SentInteraction {
  const guild = channel.kind === 'guild' ? channel.guild : undefined;
  // Who has installed a bot for themselves uses its commands in servers that it is not in.
  const botIsThere = guild?.members.has(world.bot.id) ?? false;
  const payload = {
    id,
    token,
    type,
    data,
    version: 1,
    application_id: world.bot.id,
    channel_id: channel.id,
    channel: { id: channel.id, type: guild ? ChannelType.GuildText : ChannelType.DM },
    context: guild ? InteractionContextType.Guild : InteractionContextType.BotDM,
    app_permissions: (guild && botIsThere
      ? world.permissionsOf(guild, world.bot)
      : PermissionFlagsBits.SendMessages
    ).toString(),
    authorizing_integration_owners:
      guild && !botIsThere
        ? { [ApplicationIntegrationType.UserInstall]: user.id }
        : { [ApplicationIntegrationType.GuildInstall]: guild?.id ?? '0' },
    attachment_size_limit: MAX_FILE,
    entitlements: [],
    locale: Locale.EnglishUS,
    ...(guild
      ? {
          guild_id: guild.id,
          guild_locale: Locale.EnglishUS,
          guild: { id: guild.id, locale: Locale.EnglishUS, features: [] },
          member: {
            ...memberToWire(world.memberOf(guild, user)),
            permissions: world.permissionsOf(guild, user).toString(),
          },
        }
      : { user: userToWire(user) }),
    ...more,
  };
  return { guild: botIsThere ? guild : undefined, payload };
}

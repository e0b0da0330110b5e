import type { Settings } from '../../../settings.js';
import type { Request } from '../delivery/requests.js';

type Access = Pick<
  Settings,
  'ASSISTANT_CHANNEL_IDS' | 'ASSISTANT_DIRECT_MESSAGES' | 'ASSISTANT_GUILD_IDS' | 'ASSISTANT_ROLE_IDS'
>;

/** Why the assistant is not for this person in this place, in a sentence for them; `null` when it is. */
export function accessRefusal(
  { guildId, channelIds, roleIds }: Pick<Request, 'channelIds' | 'guildId' | 'roleIds'>,
  settings: Access,
): string | null {
  const {
    ASSISTANT_GUILD_IDS: guilds,
    ASSISTANT_CHANNEL_IDS: channels,
    ASSISTANT_ROLE_IDS: roles,
  } = settings;
  const needsRole = roles.length > 0 && !roleIds.some((id) => roles.includes(id));
  if (guildId === null) {
    if (!settings.ASSISTANT_DIRECT_MESSAGES) return '🚫 The assistant does not answer direct messages.';
    // Only servers have roles: whoever needs one cannot show it here.
    return needsRole
      ? '🚫 The assistant is only for members with certain roles, so it does not answer direct messages.'
      : null;
  }
  if (guilds.length > 0 && !guilds.includes(guildId))
    return '🚫 The assistant is not available in this server.';
  if (channels.length > 0 && !channelIds.some((id) => channels.includes(id)))
    return '🚫 The assistant is not available in this channel.';
  return needsRole ? '🚫 The assistant is only for members with certain roles.' : null;
}

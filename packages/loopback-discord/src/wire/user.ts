import { GuildMemberFlags } from 'discord-api-types/v10';
import type { APIGuildMember, APIUser } from 'discord-api-types/v10';

import type { Member, User } from '../world/guild.js';

export function userToWire({ id, name, bot }: User): APIUser {
  return { id, username: name, discriminator: '0', global_name: name, avatar: null, bot };
}

export function memberToWire(member: Member): APIGuildMember {
  return {
    user: userToWire(member.user),
    roles: [...member.roles],
    joined_at: member.joinedAt,
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
  };
}

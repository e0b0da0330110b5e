import { GuildMemberFlags, Locale } from 'discord-api-types/v10';
import type { APIGuildMember, APIUser } from 'discord-api-types/v10';
import { assume } from 'loopback-kit';

import type { Member, User } from '../world/guild.js';

export function userToWire({ id, name, bot }: User): APIUser {
  return {
    id,
    username: name,
    discriminator: '0',
    global_name: name,
    avatar: null,
    bot,
    flags: assume(0),
    public_flags: assume(0),
    primary_guild: null,
  };
}

/** As `/users/@me` shows a bot to itself. */
export function selfToWire(bot: User): APIUser {
  return { ...userToWire(bot), mfa_enabled: true, locale: Locale.EnglishUS, verified: true, email: null };
}

export function memberToWire(member: Member): APIGuildMember {
  return {
    user: userToWire(member.user),
    roles: [...member.roles],
    joined_at: member.joinedAt,
    nick: null,
    avatar: null,
    banner: null,
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
  };
}

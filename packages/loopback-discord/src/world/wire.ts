import {
  ChannelType,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMemberFlags,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  Locale,
  TeamMemberMembershipState,
  TeamMemberRole,
} from 'discord-api-types/v10';
import type {
  APIApplication,
  APIDMChannel,
  APIGuild,
  APIGuildMember,
  APIRole,
  APITextChannel,
  APIUser,
  GatewayGuildCreateDispatchData,
} from 'discord-api-types/v10';
import { assume } from 'loopback-kit';

import type { DirectChannel, Guild, GuildChannel, Member, Role, User, World } from './world.js';

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

function roleToWire({ id, name, permissions }: Role, position: number): APIRole {
  return {
    id,
    name,
    permissions: permissions.toString(),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: true,
    flags: assume(0),
  };
}

export function guildChannelToWire({ id, name, guild }: GuildChannel): APITextChannel {
  return {
    id,
    name,
    type: ChannelType.GuildText,
    guild_id: guild.id,
    position: 0,
    permission_overwrites: [],
    nsfw: false,
    parent_id: null,
    last_message_id: null,
    rate_limit_per_user: 0,
    topic: null,
  };
}

export function directChannelToWire({ id, recipient }: DirectChannel): APIDMChannel {
  return { id, type: ChannelType.DM, name: null, last_message_id: null, recipients: [userToWire(recipient)] };
}

export function guildToWire(guild: Guild): APIGuild {
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.owner.id,
    roles: [...guild.roles.values()].map(roleToWire),
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    emojis: [],
    stickers: [],
    features: [],
    afk_channel_id: null,
    afk_timeout: 300,
    application_id: null,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    hub_type: null,
    incidents_data: null,
    mfa_level: GuildMFALevel.None,
    nsfw_level: GuildNSFWLevel.Default,
    preferred_locale: Locale.EnglishUS,
    premium_progress_bar_enabled: false,
    premium_tier: GuildPremiumTier.None,
    public_updates_channel_id: null,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    system_channel_flags: assume(0),
    system_channel_id: null,
    vanity_url_code: null,
    verification_level: GuildVerificationLevel.None,
  };
}

/** What a bot sees of a guild when it logs in: itself as the only member, as without the GuildMembers intent. */
export function guildCreateToWire(guild: Guild, self: Member): GatewayGuildCreateDispatchData {
  return {
    ...guildToWire(guild),
    joined_at: self.joinedAt,
    large: false,
    member_count: guild.members.size,
    members: [memberToWire(self)],
    channels: [...guild.channels.values()].map(guildChannelToWire),
    voice_states: [],
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function applicationToWire(world: World, bot: User): APIApplication {
  const { team, owner } = world;
  return {
    id: bot.id,
    name: bot.name,
    icon: null,
    description: '',
    summary: '',
    bot_public: false,
    bot_require_code_grant: false,
    bot: userToWire(bot),
    verify_key: '0'.repeat(64),
    flags: assume(0),
    flags_new: '0',
    // As on Discord, the owner of a team's application is a user that stands for the team.
    owner: team ? { ...userToWire(owner), id: team.id, username: `team${team.id}` } : userToWire(owner),
    team: team
      ? {
          id: team.id,
          name: team.name,
          icon: null,
          owner_user_id: owner.id,
          members: team.members.map(({ user, accepted }) => ({
            team_id: team.id,
            user: userToWire(user),
            role: TeamMemberRole.Admin,
            permissions: ['*'],
            membership_state: accepted
              ? TeamMemberMembershipState.Accepted
              : TeamMemberMembershipState.Invited,
          })),
        }
      : null,
  };
}

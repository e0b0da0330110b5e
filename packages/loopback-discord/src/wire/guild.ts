import {
  ChannelType,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  Locale,
} from 'discord-api-types/v10';
import type {
  APIDMChannel,
  APIGuild,
  APIRole,
  APITextChannel,
  GatewayGuildCreateDispatchData,
} from 'discord-api-types/v10';
import { assume } from 'loopback-kit';

import type { DirectChannel, Guild, GuildChannel, Member, Role } from '../world/guild.js';
import { memberToWire, userToWire } from './user.js';

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
    icon: null,
    unicode_emoji: null,
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
    flags: assume(0),
  };
}

export function directChannelToWire({ id, recipient }: DirectChannel): APIDMChannel {
  return {
    id,
    type: ChannelType.DM,
    name: null,
    last_message_id: null,
    flags: assume(0),
    recipients: [userToWire(recipient)],
  };
}

/** Fields that Discord sends and `APIGuild` lacks or marks as optional. */
const UNTYPED = {
  home_header: null,
  region: 'deprecated',
  widget_enabled: false,
  widget_channel_id: null,
  max_presences: null,
  max_members: 500_000,
  max_video_channel_users: 25,
  max_stage_video_channel_users: 50,
  premium_subscription_count: 0,
  nsfw: false,
};

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
    ...UNTYPED,
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

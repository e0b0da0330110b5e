import type { TeamMemberRole } from 'discord-api-types/v10';
import { PermissionFlagsBits } from 'discord-api-types/v10';

import type { SnowflakeMint } from './snowflakes.js';

const {
  AddReactions,
  Administrator,
  AttachFiles,
  EmbedLinks,
  MentionEveryone,
  ReadMessageHistory,
  SendMessages,
  UseApplicationCommands,
  ViewChannel,
} = PermissionFlagsBits;

/** What a new guild grants to everyone, as far as a bot of commands can tell. */
const EVERYONE =
  ViewChannel |
  SendMessages |
  EmbedLinks |
  AttachFiles |
  AddReactions |
  ReadMessageHistory |
  MentionEveryone |
  UseApplicationCommands;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
}

export interface Member {
  readonly user: User;
  /** Ids of roles, without @everyone. */
  readonly roles: Set<string>;
  readonly joinedAt: string;
}

export interface GuildChannel {
  readonly kind: 'guild';
  readonly id: string;
  readonly name: string;
  readonly guild: Guild;
}

export interface DirectChannel {
  readonly kind: 'direct';
  readonly id: string;
  readonly recipient: User;
}

export type Channel = GuildChannel | DirectChannel;

export class Guild {
  readonly id: string;
  readonly name: string;
  readonly owner: User;
  readonly members = new Map<string, Member>();
  readonly roles: Map<string, Role>;
  readonly channels = new Map<string, GuildChannel>();
  /** The role that holds Administrator. */
  readonly administrators: Role;
  /** The text channel that every guild starts with. */
  readonly channel: GuildChannel;

  constructor(ids: SnowflakeMint, name: string, owner: User) {
    this.id = ids.next();
    this.name = name;
    this.owner = owner;
    const everyone: Role = { id: this.id, name: '@everyone', permissions: EVERYONE };
    this.administrators = { id: ids.next(), name: 'Administrators', permissions: Administrator };
    this.roles = new Map([everyone, this.administrators].map((role) => [role.id, role]));
    this.channel = { kind: 'guild', id: ids.next(), name: 'general', guild: this };
  }
}

export interface TeamMember {
  readonly user: User;
  readonly accepted: boolean;
  /** Which of Discord's roles it has. */
  readonly role: TeamMemberRole;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly members: readonly TeamMember[];
}

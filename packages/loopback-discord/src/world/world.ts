import { PermissionFlagsBits } from 'discord-api-types/v10';

import { SnowflakeMint } from './snowflakes.js';

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

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly user: User; readonly accepted: boolean }[];
}

export interface GuildOptions {
  /** Holds every permission, whatever its roles. A stranger unless given. */
  readonly owner?: User;
  readonly members?: readonly { readonly user: User; readonly administrator?: boolean }[];
  /** Whether the bot is a member; true unless given. */
  readonly withBot?: boolean;
}

export interface WorldOptions {
  readonly botName?: string | undefined;
  readonly owner?: { readonly name: string } | undefined;
  /** Makes the application a team's instead of one owner's; the first member owns the team. */
  readonly team?:
    | {
        readonly name?: string;
        readonly members: readonly { readonly name: string; readonly accepted?: boolean }[];
      }
    | undefined;
}

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

/** What `Administrator` and a guild's ownership stand for. */
const ALL = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

export interface WorldChanges {
  guildAdded(guild: Guild, bot: User): void;
  guildRemoved(guild: Guild): void;
  memberChanged(guild: Guild, member: Member): void;
}

/** Who and what exists. Nothing here speaks HTTP; a change of guilds is told to the gateway through `changes`. */
export class World {
  readonly ids = new SnowflakeMint();
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly bot: User;
  /** The application's owner, or the owner of its team. */
  readonly owner: User;
  readonly team: Team | undefined;
  readonly #changes: WorldChanges;

  constructor(options: WorldOptions, changes: WorldChanges) {
    this.#changes = changes;
    this.bot = this.addUser(options.botName ?? 'live-config', { bot: true });
    const { team } = options;
    if (team) {
      const members = team.members.map(({ name, accepted = true }) => ({
        user: this.addUser(name),
        accepted,
      }));
      this.team = { id: this.ids.next(), name: team.name ?? 'Team', members };
    }
    this.owner = this.team?.members[0]?.user ?? this.addUser(options.owner?.name ?? 'owner');
  }

  addUser(name: string, { bot = false } = {}): User {
    const user: User = { id: this.ids.next(), name, bot };
    this.users.set(user.id, user);
    return user;
  }

  /** Before login the guild is part of READY; later the bot sees itself join it. */
  addGuild(name: string, { owner, members = [], withBot = true }: GuildOptions = {}): Guild {
    const guild = new Guild(this.ids, name, owner ?? this.addUser(`owner of ${name}`));
    this.#addChannel(guild.channel);
    for (const member of members) this.#join(guild, member.user, member.administrator);
    if (!guild.members.has(guild.owner.id)) this.#join(guild, guild.owner);
    if (withBot) this.#join(guild, this.bot);
    this.guilds.set(guild.id, guild);
    this.#changes.guildAdded(guild, this.bot);
    return guild;
  }

  /** The bot is removed from the guild, which is gone. */
  removeGuild(guild: Guild): void {
    this.guilds.delete(guild.id);
    for (const id of guild.channels.keys()) this.channels.delete(id);
    this.#changes.guildRemoved(guild);
  }

  addMember(guild: Guild, user: User, { administrator = false } = {}): Member {
    return this.#join(guild, user, administrator);
  }

  setAdministrator(guild: Guild, user: User, administrator: boolean): void {
    const member = this.memberOf(guild, user);
    if (administrator) member.roles.add(guild.administrators.id);
    else member.roles.delete(guild.administrators.id);
    this.#changes.memberChanged(guild, member);
  }

  /** Throws when the user is no member, which is a mistake of the caller. */
  memberOf(guild: Guild, user: User): Member {
    const member = guild.members.get(user.id);
    if (!member) throw new Error(`${user.name} is no member of ${guild.name}`);
    return member;
  }

  permissionsOf(guild: Guild, user: User): bigint {
    if (guild.owner.id === user.id) return ALL;
    const member = this.memberOf(guild, user);
    let permissions = guild.roles.get(guild.id)?.permissions ?? 0n;
    for (const id of member.roles) permissions |= guild.roles.get(id)?.permissions ?? 0n;
    return (permissions & Administrator) === 0n ? permissions : ALL;
  }

  /** The one direct channel between the bot and that user. */
  directMessage(user: User): DirectChannel {
    for (const channel of this.channels.values())
      if (channel.kind === 'direct' && channel.recipient.id === user.id) return channel;
    const channel: DirectChannel = { kind: 'direct', id: this.ids.next(), recipient: user };
    this.channels.set(channel.id, channel);
    return channel;
  }

  addChannel(guild: Guild, name: string): GuildChannel {
    return this.#addChannel({ kind: 'guild', id: this.ids.next(), name, guild });
  }

  #addChannel(channel: GuildChannel): GuildChannel {
    channel.guild.channels.set(channel.id, channel);
    this.channels.set(channel.id, channel);
    return channel;
  }

  #join(guild: Guild, user: User, administrator = false): Member {
    const roles = new Set(administrator ? [guild.administrators.id] : []);
    const member: Member = { user, roles, joinedAt: new Date().toISOString() };
    guild.members.set(user.id, member);
    return member;
  }
}

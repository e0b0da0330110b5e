import { PermissionFlagsBits, TeamMemberRole } from 'discord-api-types/v10';

import { Guild } from './guild.js';
import type { Channel, DirectChannel, GuildChannel, Member, Team, User } from './guild.js';
import { SnowflakeMint } from './snowflakes.js';

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
  /** Whether strangers can add the bot to their servers; false unless given. */
  readonly isPublic?: boolean;
  /** Makes the application a team's instead of one owner's; the first member owns the team. */
  readonly team?:
    | {
        readonly name?: string;
        readonly members: readonly {
          readonly name: string;
          readonly accepted?: boolean;
          /** Admin unless given. */
          readonly role?: TeamMemberRole;
        }[];
      }
    | undefined;
}

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
  readonly isPublic: boolean;
  readonly #changes: WorldChanges;

  constructor(options: WorldOptions, changes: WorldChanges) {
    this.#changes = changes;
    this.isPublic = options.isPublic ?? false;
    this.bot = this.addUser(options.botName ?? 'live-config', { bot: true });
    const { team } = options;
    if (team) {
      const members = team.members.map(({ name, accepted = true, role = TeamMemberRole.Admin }) => ({
        user: this.addUser(name),
        accepted,
        role,
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
    if (!member) throw new Error(`${user.name} is not a member of ${guild.name}`);
    return member;
  }

  permissionsOf(guild: Guild, user: User): bigint {
    if (guild.owner.id === user.id) return ALL;
    const member = this.memberOf(guild, user);
    let permissions = guild.roles.get(guild.id)?.permissions ?? 0n;
    for (const id of member.roles) permissions |= guild.roles.get(id)?.permissions ?? 0n;
    return (permissions & PermissionFlagsBits.Administrator) === 0n ? permissions : ALL;
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

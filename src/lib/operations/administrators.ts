import { type Client, PermissionFlagsBits, type PermissionsBitField } from 'discord.js';

import type { Settings } from '../../settings.js';
import type { ApplicationFacts } from './application-owners.js';

/** Who asks, and from where. */
export interface Asker {
  readonly client: Client<true>;
  readonly userId: string;
  /** `null` in a direct message. */
  readonly guildId: string | null;
  /** What the asker may do in the channel; `null` in a direct message. */
  readonly permissions: Readonly<PermissionsBitField> | null;
}

/** What everybody else is told. */
export const NOT_AN_ADMINISTRATOR =
  '🚫 This is for administrators of the bot: its owner, or members with the Administrator permission in ' +
  "the bot's only server or in one that its owner has listed in `ADMIN_GUILD_IDS`.";

type Appointing = Pick<Settings, 'OWNER_IDS' | 'ADMIN_GUILD_IDS'>;

/**
 * Whether somebody may read and reload the configuration: the application's owner, the members of its team and
 * OWNER_IDS everywhere; administrators of the servers in ADMIN_GUILD_IDS; and, while that list is empty, the
 * administrators of the bot's only server, if no stranger can have added the bot to it. A bot in many servers must
 * not let each of their administrators into its operator's configuration.
 *
 * `knowApplication` is called only when it depends on the application, and may take as long as Discord does.
 */
export async function isAdministrator(
  asker: Asker,
  { OWNER_IDS, ADMIN_GUILD_IDS }: Appointing,
  knowApplication: () => Promise<ApplicationFacts>,
): Promise<boolean> {
  const { client, userId, guildId, permissions } = asker;
  if (OWNER_IDS.includes(userId)) return true;
  const isGuildAdministrator =
    guildId !== null && permissions?.has(PermissionFlagsBits.Administrator) === true;
  if (isGuildAdministrator && ADMIN_GUILD_IDS.includes(guildId)) return true;

  const { ownerIds, isPublic } = await knowApplication();
  if (ownerIds.includes(userId)) return true;
  if (!isGuildAdministrator || ADMIN_GUILD_IDS.length > 0 || !isOnlyGuild(client, guildId)) return false;
  const guildOwnerId = client.guilds.cache.get(guildId)?.ownerId;
  return !isPublic || (guildOwnerId !== undefined && ownerIds.includes(guildOwnerId));
}

/** Whether somebody owns the bot: the application's owner, a member of its team, or one of OWNER_IDS. */
export async function isOwner(
  userId: string,
  { OWNER_IDS }: Pick<Settings, 'OWNER_IDS'>,
  knowApplication: () => Promise<ApplicationFacts>,
): Promise<boolean> {
  return OWNER_IDS.includes(userId) || (await knowApplication()).ownerIds.includes(userId);
}

/** Whether the bot is in this server and in no other, as far as that can be told without asking other processes. */
function isOnlyGuild({ guilds, options }: Client<true>, guildId: string): boolean {
  const { shards, shardCount } = options;
  const runsEveryShard = Array.isArray(shards) && shards.length === shardCount;
  // Those who have installed the bot for themselves use its commands in servers that it is not in.
  return runsEveryShard && guilds.cache.size === 1 && guilds.cache.has(guildId);
}

import {
  type Client,
  PermissionFlagsBits,
  type PermissionsBitField,
  Team,
  TeamMemberMembershipState,
} from 'discord.js';

import type { Settings } from '../../settings.js';

/** Who asks, and from where. */
export interface Asker {
  readonly client: Client<true>;
  readonly userId: string;
  /** `null` in a direct message. */
  readonly guildId: string | null;
  /** What the asker may do in the channel; `null` in a direct message. */
  readonly permissions: Readonly<PermissionsBitField> | null;
}

type Appointing = Pick<Settings, 'OWNER_IDS' | 'ADMIN_GUILD_IDS'>;

/**
 * Whether somebody may read and reload the configuration: the application's owner, the members of its team and
 * OWNER_IDS everywhere; administrators of the servers in ADMIN_GUILD_IDS; and, while that list is empty and the bot
 * is in one server only, the administrators of that server. A bot in many servers must not let each of their
 * administrators into its operator's configuration.
 *
 * `knowOwners` is called only when it depends on who owns the application, and may take as long as Discord does.
 */
export async function isAdministrator(
  asker: Asker,
  settings: Appointing,
  knowOwners: () => Promise<void>,
): Promise<boolean> {
  if (isAppointed(asker, settings)) return true;
  await knowOwners();
  return ownersOf(asker.client).includes(asker.userId);
}

/** Whether the settings make somebody an administrator. */
function isAppointed(
  { client: { guilds }, userId, guildId, permissions }: Asker,
  { OWNER_IDS, ADMIN_GUILD_IDS }: Appointing,
): boolean {
  if (OWNER_IDS.includes(userId)) return true;
  if (guildId === null || permissions?.has(PermissionFlagsBits.Administrator) !== true) return false;
  if (ADMIN_GUILD_IDS.length > 0) return ADMIN_GUILD_IDS.includes(guildId);
  // Who has installed the bot for themselves uses its commands in servers that it is not in.
  return guilds.cache.size === 1 && guilds.cache.has(guildId);
}

/** The owner of the application, or everybody who has accepted to be in its team. */
function ownersOf({ application: { owner } }: Client<true>): readonly string[] {
  if (owner === null) return [];
  if (!(owner instanceof Team)) return [owner.id];
  return owner.members
    .filter(({ membershipState }) => membershipState === TeamMemberMembershipState.Accepted)
    .map(({ id }) => id);
}

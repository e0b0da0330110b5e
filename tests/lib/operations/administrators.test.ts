import { type Client, Collection, PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { assume } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { isAdministrator } from '../../../src/lib/operations/administrators.js';
import type { ApplicationFacts } from '../../../src/lib/operations/application-owners.js';

const HOME = '100';
const OWNER = '1';
const ADMIN = '2';

interface Case {
  readonly userId?: string;
  readonly guildId?: string | null;
  readonly administrator?: boolean;
  readonly guilds?: Readonly<Record<string, string>>;
  readonly shards?: readonly number[];
  readonly shardCount?: number;
  readonly facts?: ApplicationFacts;
  readonly OWNER_IDS?: readonly string[];
  readonly ADMIN_GUILD_IDS?: readonly string[];
}

/** Whether an administrator of the bot's only server gets in, and whether the application mattered. */
async function ask({
  userId = ADMIN,
  guildId = HOME,
  administrator = true,
  guilds = { [HOME]: '50' },
  shards = [0],
  shardCount = 1,
  facts = { ownerIds: [OWNER], isPublic: false },
  OWNER_IDS = [],
  ADMIN_GUILD_IDS = [],
}: Case): Promise<{ passes: boolean; asked: number }> {
  const cache = new Collection(Object.entries(guilds).map(([id, ownerId]) => [id, { ownerId }]));
  const client = assume<Client<true>>({ guilds: { cache }, options: { shards, shardCount } });
  const permissions = new PermissionsBitField(administrator ? PermissionFlagsBits.Administrator : []);
  let asked = 0;
  const passes = await isAdministrator(
    { client, userId, guildId, permissions },
    { OWNER_IDS: [...OWNER_IDS], ADMIN_GUILD_IDS: [...ADMIN_GUILD_IDS] },
    () => {
      asked++;
      return Promise.resolve(facts);
    },
  );
  return { passes, asked };
}

const PUBLIC = { ownerIds: [OWNER], isPublic: true };

describe('isAdministrator lets in', () => {
  it.each<[string, Case]>([
    ['the owner of the application, everywhere', { userId: OWNER, guildId: null, administrator: false }],
    ['an administrator of the only server of a bot that is not public', {}],
    ['one of a public bot whose only server is its owner’s', { facts: PUBLIC, guilds: { [HOME]: OWNER } }],
    ['one of the only server when all shards run here', { shards: [0, 1], shardCount: 2 }],
  ])('%s', async (_who, asker) => {
    expect((await ask(asker)).passes).toBe(true);
  });

  it.each<[string, Case]>([
    ['users of OWNER_IDS', { OWNER_IDS: [ADMIN], guildId: null, administrator: false }],
    ['administrators of a listed server', { ADMIN_GUILD_IDS: [HOME], facts: PUBLIC }],
  ])('%s without asking who owns the application', async (_who, asker) => {
    expect(await ask(asker)).toEqual({ passes: true, asked: 0 });
  });
});

describe('isAdministrator refuses', () => {
  it.each<[string, Case]>([
    ['ordinary members', { administrator: false }],
    ['anybody else in direct messages', { guildId: null }],
    ['administrators of one of several servers', { guilds: { [HOME]: '50', 200: '51' } }],
    ['administrators of a server that is not listed', { ADMIN_GUILD_IDS: ['200'] }],
    ['administrators of a stranger’s server that added a public bot', { facts: PUBLIC }],
    ['administrators while nothing is known of the application', { facts: { ownerIds: [], isPublic: true } }],
    ['administrators when other processes may know of other servers', { shards: [0], shardCount: 2 }],
    ['administrators of a server that the bot is not in', { guilds: { 200: '51' } }],
  ])('%s', async (_who, asker) => {
    expect((await ask(asker)).passes).toBe(false);
  });
});

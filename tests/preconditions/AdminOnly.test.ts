import { container } from '@sapphire/framework';
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import { AdminOnlyPrecondition } from '../../src/preconditions/AdminOnly.js';
import { pieceContext } from '../support/piece-context.js';

const OWNER = '1';
const GUILD = '100';

let calls: string[];
let deferral: () => Promise<void>;

beforeEach(() => {
  calls = [];
  deferral = async () => undefined;
  container.client = assume({});
  container.config = assume({ settings: { OWNER_IDS: [], ADMIN_GUILD_IDS: [GUILD] } });
  container.session = assume({
    knowApplication: async () => {
      calls.push('knowApplication');
      return { ownerIds: [OWNER], isPublic: true };
    },
  });
});

const client = { guilds: { cache: new Map() }, options: { shards: [0], shardCount: 1 } };
const administrator = new PermissionsBitField(PermissionFlagsBits.Administrator);
const member = new PermissionsBitField();

/** What each way of asking is made of, so that the same holds for all of them. */
const FLOWS = {
  message: (id: string, permissions: PermissionsBitField) =>
    precondition().messageRun(
      assume({ client, author: { id }, guildId: GUILD, member: { permissions }, reply: () => undefined }),
    ),
  'slash command': (id: string, permissions: PermissionsBitField) =>
    precondition().chatInputRun(assume(interaction(id, permissions))),
  'context menu': (id: string, permissions: PermissionsBitField) =>
    precondition().contextMenuRun(assume(interaction(id, permissions))),
};

function precondition(): AdminOnlyPrecondition {
  return new AdminOnlyPrecondition(pieceContext(), {});
}

function interaction(id: string, memberPermissions: PermissionsBitField) {
  return {
    client,
    user: { id },
    guildId: GUILD,
    memberPermissions,
    deferred: false,
    deferReply: () => {
      calls.push('deferReply');
      return deferral();
    },
  };
}

describe.each(['message', 'slash command', 'context menu'] as const)('a %s', (flow) => {
  it('of an administrator of a listed server passes without a question to Discord', async () => {
    expect((await FLOWS[flow]('2', administrator)).isOk()).toBe(true);
    expect(calls).toEqual([]);
  });

  it('of the owner passes anywhere', async () => {
    expect((await FLOWS[flow](OWNER, member)).isOk()).toBe(true);
  });

  it('of anybody else is refused, and told what is needed', async () => {
    const error = (await FLOWS[flow]('2', member)).unwrapErr();
    expect(error.identifier).toBe('AdminOnly');
    expect(error.message).toContain('administrators of the bot');
    expect(error.message).toContain('ADMIN_GUILD_IDS');
  });
});

it('tells Discord that an answer is coming before it asks who owns the bot', async () => {
  await FLOWS['slash command']('2', member);
  expect(calls).toEqual(['deferReply', 'knowApplication']);
});

it('decides even if Discord does not take the deferral', async () => {
  deferral = () => Promise.reject(new Error('Unknown interaction'));
  expect((await FLOWS['slash command'](OWNER, member)).isOk()).toBe(true);
});

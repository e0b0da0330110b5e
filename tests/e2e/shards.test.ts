import type { Guild } from 'loopback-discord';
import { afterEach, expect, it } from 'vitest';

import { BotUnderTest, launch, messagesOf, QUICK } from '../support/rig/index.js';
import { REFUSAL } from './wording.js';

let bot: BotUnderTest;

afterEach(() => bot.close());

it('runs every shard in one process, as many as it is told or Discord recommends', async () => {
  bot = await BotUnderTest.start({
    settings: { ...QUICK, SHARDS: '0' },
    environment: { SHARD_COUNT: 'auto' },
    discord: { shards: 2 },
  });
  expect(bot.discord.bot).toMatchObject({ sessions: 2, identifies: 2 });
  expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
  expect(bot.process.output).toMatch(
    /SHARDS on line \d+ has no effect: it is read from the process environment only/,
  );
  await bot.stop();
});

/** The shard of two that a server belongs to, by Discord's formula. */
const shardOf = (id: string): number => Number((BigInt(id) >> 22n) % 2n);

it('registers the commands once for both processes, each of which answers the servers of its shard', async () => {
  const split = { SHARD_COUNT: '2', SHARDS_PER_PROCESS: '1' };
  bot = await BotUnderTest.prepare({ settings: QUICK, environment: { ...split, PROCESS_INDEX: '0' } });
  await bot.launch().waitForOutput('Logged in as');
  const { directory, environment, discord, alice } = bot;
  const second = launch({ cwd: directory, env: { ...environment, PROCESS_INDEX: '1' } });
  try {
    await second.waitForOutput('Logged in as');
    expect(discord.bot).toMatchObject({ sessions: 2, identifies: 2 });
    expect(second.output).not.toMatch(/ WARN| ERROR/);

    const servers = new Map<number, Guild>();
    // Ids are minted by the millisecond, and so are the shards of their servers.
    for (let n = 0; servers.size < 2; n++) {
      const server = discord.world.addGuild(`server ${String(n)}`, {
        members: [{ user: alice, administrator: true }],
      });
      servers.set(shardOf(server.id), server);
    }
    for (const shard of [0, 1]) {
      const channel = servers.get(shard)?.channel ?? bot.home.channel;
      expect((await bot.slash('config-help', { channel })).text).toMatch(/^Configuration help/);
      // A process that does not run every shard cannot know that a server is the bot's only one.
      expect((await bot.slash('config-status', { channel })).text).toMatch(REFUSAL);
    }
    expect(discord.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  } finally {
    await second.stop();
  }
  await bot.stop();
});

it('names what is wrong with its shards, and what Discord demands', async () => {
  bot = await BotUnderTest.prepare({
    environment: { SHARD_COUNT: '2', SHARDS: 'auto' },
    discord: { shards: 3 },
  });
  const refused = bot.launch();
  expect((await refused.exit).code).toBe(78);
  expect(messagesOf(refused.stderr)[1]).toBe(
    '• environment SHARDS: expected shard ids such as 0-7 or 0,2,4 (remedy: correct or unset it)',
  );
  await bot.close();

  bot = await BotUnderTest.prepare({ environment: { SHARD_COUNT: '2' }, discord: { shards: 3 } });
  bot.discord.faults.demandShards(3);
  const closed = bot.launch();
  expect((await closed.exit).code).toBe(78);
  expect(closed.output).toContain(
    'Discord demands more shards than 2: the bot is in too many servers. Set SHARD_COUNT to 3',
  );
});

import { TeamMemberRole } from 'discord-api-types/v10';
import type { Channel, User } from 'loopback-discord';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { ASLEEP, BotUnderTest, messagesOf, PLAIN_MAIN, QUICK } from '../support/rig/index.js';
import { REFUSAL } from './wording.js';

let bot: BotUnderTest;

/** Every way to ask for something that only administrators may. */
const REQUESTS = {
  '/reload-config': /^✅ Configuration reloaded/,
  '/config-status': /^Configuration status/,
  '/config-history': /^Configuration history/,
  '!reload-config': /^✅ Configuration reloaded/,
  '!reload_config': /^✅ Configuration reloaded/,
  '!config-status BOT_PREFIX': /^BOT_PREFIX/,
  '!config_info': /^Configuration status/,
  '!config-history': /^Configuration history/,
};

/**
 * Which way of asking lets this user in. A slash command is forced, as when the server's own settings open it to
 * everybody: the bot has to check for itself.
 */
async function admittedTo(user: User, channel: Channel): Promise<string[]> {
  const admitted: string[] = [];
  for (const [request, answer] of Object.entries(REQUESTS)) {
    const name = request.slice(1);
    const { text, pings } = request.startsWith('/')
      ? await bot.slash(name, { user, channel, force: true })
      : await bot.say(request, { user, channel });
    expect(text).toMatch(answer.test(text) ? answer : REFUSAL);
    expect(pings).toEqual([]);
    if (answer.test(text)) admitted.push(request);
  }
  return admitted;
}

const ALL = Object.keys(REQUESTS);

describe('a bot of one owner', () => {
  let owner: User;
  let stranger: User;

  beforeAll(async () => {
    bot = await BotUnderTest.start({ settings: QUICK, discord: { owner: { name: 'olivia' } } });
    ({ owner } = bot.discord.world);
    stranger = bot.discord.world.addUser('stranger');
    bot.discord.world.addMember(bot.home, owner);
  });
  afterAll(() => bot.stop());

  it('registers what is for administrators for administrators, and the help for everyone', () => {
    const permissions = bot.discord
      .commands()
      .filter(({ name }) => name.includes('config'))
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(({ name, default_member_permissions: needed, contexts }) => [name, needed, contexts]);
    expect(permissions).toEqual([
      ['config-help', null, undefined],
      ['config-history', '8', [0, 1]],
      ['config-status', '8', [0, 1]],
      ['reload-config', '8', [0, 1]],
    ]);
  });

  it('lets administrators of its only server in, and its owner, and nobody else', async () => {
    const { channel } = bot.home;
    expect(await admittedTo(bot.alice, channel)).toEqual(ALL);
    expect(await admittedTo(owner, channel)).toEqual(ALL);
    expect(await admittedTo(bot.bob, channel)).toEqual([]);
  });

  it('lets in direct messages its owner in only, not the administrators of servers', async () => {
    const { world } = bot.discord;
    expect(await admittedTo(owner, world.directMessage(owner))).toEqual(ALL);
    expect(await admittedTo(bot.alice, world.directMessage(bot.alice))).toEqual([]);
    expect(await admittedTo(stranger, world.directMessage(stranger))).toEqual([]);
  });

  it('takes notice at once of an administrator who is made one, or is none any more', async () => {
    const { world } = bot.discord;
    const { channel } = bot.home;
    world.setAdministrator(bot.home, bot.bob, true);
    expect(await admittedTo(bot.bob, channel)).toEqual(ALL);
    world.setAdministrator(bot.home, bot.bob, false);
    expect(await admittedTo(bot.bob, channel)).toEqual([]);
  });

  it('refuses a slash command for the eyes of its user only, and says what is needed', async () => {
    const refused = await bot.slash('reload-config', { user: bot.bob, force: true });
    expect(refused.ephemeral).toBe(true);
    expect(refused.content).toMatch(
      /its owner, or members with the Administrator permission .*`ADMIN_GUILD_IDS`/,
    );
    expect(refused.pings).toEqual([]);
  });

  it('refuses a prefix command in the channel, in reply to the message and without a ping', async () => {
    const answer = await bot.say('!reload-config', { user: bot.bob });
    expect(answer.content).toMatch(REFUSAL);
    expect(answer.repliesTo?.author).toBe(bot.bob);
    expect(answer.pings).toEqual([]);
  });

  it('completes names of settings for administrators only', async () => {
    const typed = { channel: bot.home.channel, command: 'config-status', option: 'setting', value: 'bot_' };
    expect(await bot.discord.autocomplete({ ...typed, user: bot.alice })).toEqual([
      { name: 'BOT_ACTIVITY', value: 'BOT_ACTIVITY' },
      { name: 'BOT_PREFIX', value: 'BOT_PREFIX' },
    ]);
    expect(await bot.discord.autocomplete({ ...typed, user: bot.bob, force: true })).toEqual([]);
    const channel = bot.discord.world.directMessage(bot.alice);
    expect(await bot.discord.autocomplete({ ...typed, channel, user: bot.alice })).toEqual([]);
  });

  it('explains itself to everyone, everywhere', async () => {
    const channel = bot.discord.world.directMessage(stranger);
    const answers = [
      await bot.slash('config-help', { user: bot.bob }),
      await bot.say('!config-help', { user: bot.bob }),
      await bot.say('!config_help', { user: bot.bob }),
      await bot.slash('config-help', { user: stranger, channel }),
      await bot.say('!config-help', { user: stranger, channel }),
    ];
    for (const { text } of answers) expect(text).toMatch(/^Configuration help\n/);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('lets the users of OWNER_IDS in everywhere', async () => {
    await bot.apply({ OWNER_IDS: `${bot.bob.id},${stranger.id}` });
    expect(await admittedTo(bot.bob, bot.home.channel)).toEqual(ALL);
    const channel = bot.discord.world.directMessage(stranger);
    expect(await admittedTo(stranger, channel)).toEqual(ALL);
    await bot.apply({});
    expect(await admittedTo(stranger, channel)).toEqual([]);
  });

  it('lets no administrator in when it is in several servers, until their server is listed', async () => {
    const { world } = bot.discord;
    const anna = world.addUser('anna');
    const second = world.addGuild('Second', { members: [{ user: anna, administrator: true }] });
    expect(await admittedTo(anna, second.channel)).toEqual([]);
    expect(await admittedTo(bot.alice, bot.home.channel)).toEqual([]);
    // The owner of a server owns a server, not the bot.
    expect(await admittedTo(second.owner, second.channel)).toEqual([]);

    await bot.apply({ ADMIN_GUILD_IDS: bot.home.id });
    expect(await admittedTo(bot.alice, bot.home.channel)).toEqual(ALL);
    expect(await admittedTo(bot.bob, bot.home.channel)).toEqual([]);
    expect(await admittedTo(anna, second.channel)).toEqual([]);

    await bot.apply({ ADMIN_GUILD_IDS: `${bot.home.id},${second.id}` });
    expect(await admittedTo(bot.alice, bot.home.channel)).toEqual(ALL);
    expect(await admittedTo(anna, second.channel)).toEqual(ALL);

    // The only server left is not in the list: the list counts.
    await bot.apply({ ADMIN_GUILD_IDS: second.id });
    bot.discord.world.removeGuild(second);
    expect(await admittedTo(bot.alice, bot.home.channel)).toEqual([]);
    await bot.apply({});
    expect(await admittedTo(bot.alice, bot.home.channel)).toEqual(ALL);
  });
});

describe('a bot that somebody has installed for themselves', () => {
  beforeAll(async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP });
  });
  afterAll(() => bot.stop());

  it('does not let the administrators of servers in that it is not in', async () => {
    const { world } = bot.discord;
    const mallory = world.addUser('mallory');
    const elsewhere = world.addGuild('Elsewhere', { owner: mallory, withBot: false });
    for (const command of ['reload-config', 'config-status']) {
      const { text } = await bot.slash(command, { user: mallory, channel: elsewhere.channel });
      expect(text).toMatch(REFUSAL);
    }
    const typed = { channel: elsewhere.channel, command: 'config-status', option: 'setting', value: '' };
    expect(await bot.discord.autocomplete({ ...typed, user: mallory })).toEqual([]);
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
  });
});

describe('a bot that Discord is slow to name the owner of', () => {
  /** On SIGUSR2 an hour passes for the bot; for what it is built on, whose requests may be under way, none does. */
  const preload = `data:text/javascript,${encodeURIComponent(`
    import { systemClock } from '${new URL('../../build/config/clock.js', import.meta.url).href}';
    process.on('SIGUSR2', () => {
      const { monotonic } = systemClock;
      systemClock.monotonic = () => monotonic() + 3_600_000;
      console.log('an hour later');
    });
  `)}`;

  beforeAll(async () => {
    bot = await BotUnderTest.start({
      settings: ASLEEP,
      main: PLAIN_MAIN,
      node: ['--import', preload],
      discord: { interactionDeadlineMs: 1500 },
    });
  });
  afterAll(() => bot.stop());

  it('asks again after a while, promises an answer meanwhile, and needs not ask for administrators', async () => {
    const { discord, home } = bot;
    const { owner } = discord.world;
    discord.world.addMember(home, owner);
    const since = bot.process.mark();
    bot.process.signal('SIGUSR2');
    await bot.process.waitForOutput('an hour later', { since });

    const slow = discord.faults.delay({ ms: 2000, path: /applications\/@me$/ });
    bot.save({ ADMIN_GUILD_IDS: home.id });
    await bot.reloadBy(() => {
      bot.hangUp();
    });
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
    expect(slow.hits).toBe(0);

    const asked = await discord.slash({
      user: owner,
      channel: home.channel,
      command: 'config-status',
      force: true,
    });
    await asked.acknowledged;
    expect((await asked.reply()).text).toMatch(/^Configuration status/);
    expect(slow.hits).toBe(1);
  });

  it('lets nobody in who has been its owner', async () => {
    const { world } = bot.discord;
    const former = world.owner;
    const since = bot.process.mark();
    bot.process.signal('SIGUSR2');
    await bot.process.waitForOutput('an hour later', { since });
    Object.assign(world, { owner: world.addUser('successor') });
    world.addMember(bot.home, world.owner);
    expect(await admittedTo(former, bot.home.channel)).toEqual([]);
    expect(await admittedTo(world.owner, bot.home.channel)).toEqual(ALL);
  });
});

describe('a bot of a team', () => {
  beforeAll(async () => {
    const members = [
      { name: 'ann' },
      { name: 'ben', role: TeamMemberRole.Developer },
      { name: 'cleo', accepted: false },
      { name: 'dora', role: TeamMemberRole.ReadOnly },
    ];
    bot = await BotUnderTest.start({ settings: ASLEEP, discord: { team: { members } } });
  });
  afterAll(() => bot.stop());

  it('lets its members in everywhere once they have accepted, not while they are invited, and never to read only', async () => {
    const { world } = bot.discord;
    const admitted: [string, string[]][] = [];
    for (const { user } of world.team?.members ?? []) {
      world.addMember(bot.home, user);
      admitted.push([user.name, await admittedTo(user, bot.home.channel)]);
      admitted.push([`${user.name} directly`, await admittedTo(user, world.directMessage(user))]);
    }
    expect(admitted).toEqual([
      ['ann', ALL],
      ['ann directly', ALL],
      ['ben', ALL],
      ['ben directly', ALL],
      ['cleo', []],
      ['cleo directly', []],
      ['dora', []],
      ['dora directly', []],
    ]);
  });
});

describe('a bot that anybody can add to a server', () => {
  beforeAll(async () => {
    bot = await BotUnderTest.start({ settings: QUICK, discord: { isPublic: true } });
  });
  afterAll(() => bot.stop());

  it('does not let the administrators of its only server in when that is a stranger’s', async () => {
    expect(await admittedTo(bot.alice, bot.home.channel)).toEqual([]);
    expect(await admittedTo(bot.home.owner, bot.home.channel)).toEqual([]);
  });

  it('lets them in when the server is listed', async () => {
    await bot.apply({ ADMIN_GUILD_IDS: bot.home.id });
    expect(await admittedTo(bot.alice, bot.home.channel)).toEqual(ALL);
    await bot.apply({});
  });

  it('lets them in when the server is the owner’s', async () => {
    const { world } = bot.discord;
    const anna = world.addUser('anna');
    world.removeGuild(bot.home);
    const own = world.addGuild('Own', { owner: world.owner, members: [{ user: anna, administrator: true }] });
    expect(await admittedTo(anna, own.channel)).toEqual(ALL);
  });
});

/** How often the bot has asked who owns it. */
function lookups(): number {
  return bot.discord.requests.filter(({ path }) => path.endsWith('/applications/@me')).length;
}

describe('a stranger who is refused', () => {
  afterEach(() => bot.stop());

  it('makes the bot ask nobody who owns it', async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP });
    await bot.slash('config-status');
    const before = lookups();
    for (let round = 0; round < 2; round++) expect(await admittedTo(bot.bob, bot.home.channel)).toEqual([]);
    expect(lookups()).toBe(before);
  });

  it('makes the bot ask once when Discord does not say', async () => {
    bot = await BotUnderTest.prepare({ settings: ASLEEP });
    bot.discord.faults.fail({ status: 500, path: /applications\/@me$/, times: 100 });
    await bot.run();
    const requests = Array.from({ length: 5 }, () =>
      bot.slash('config-status', { user: bot.bob, force: true }),
    );
    for (const { text } of await Promise.all(requests)) expect(text).toMatch(REFUSAL);
    expect(lookups()).toBe(1);
    expect(messagesOf(bot.process.stderr)).toEqual(['Discord did not say who owns the bot (500)']);
  });
});

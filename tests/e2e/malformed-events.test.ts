import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ASLEEP, BotUnderTest, messagesOf } from '../support/rig/index.js';

let bot: BotUnderTest;
let users = 0;

beforeEach(async () => {
  bot = await BotUnderTest.start({ settings: ASLEEP });
});

afterEach(() => bot.stop());

/** Every event there is, but for the two that sessions begin with. */
const EVENTS = Object.values(GatewayDispatchEvents).filter((event) => !/^(READY|RESUMED)$/.test(event));

/** What no event may hold. */
const DATA: readonly unknown[] = [
  null,
  undefined,
  7,
  'text',
  [],
  {},
  { id: 7, guild_id: null, user: null, author: 'nobody', member: {}, channel_id: {} },
];

const FRAMES: readonly string[] = [
  'no JSON',
  'null',
  '7',
  '[]',
  '{}',
  '{"op":0}',
  '{"op":0,"t":null,"d":null}',
  '{"op":0,"t":"error","s":1,"d":null}',
  '{"op":0,"t":"constructor","s":1,"d":null}',
  '{"op":0,"t":"TYPING_START","s":"many","d":{}}',
  '{"op":0,"t":"READY","s":1,"d":null}',
  '{"op":0,"t":"READY","s":1,"d":{"session_id":"x","resume_gateway_url":"nowhere","guilds":7}}',
  '{"op":0,"t":"RESUMED","s":1}',
  '{"op":1,"d":"now"}',
  '{"op":10,"d":null}',
  '{"op":10,"d":{"heartbeat_interval":1e99}}',
  '{"op":11,"d":{}}',
  '{"op":"0","t":7}',
  '{"op":99}',
];

/** Asks as somebody whom no cooldown knows yet. */
async function expectAnswer(): Promise<void> {
  const user = bot.discord.world.addUser(`user${String(++users)}`);
  bot.discord.world.addMember(bot.home, user);
  expect((await bot.slash('config-help', { user })).text).toContain('Configuration help');
  expect((await bot.say('!config-help', { user })).text).toContain('Configuration help');
}

describe('a bot that Discord sends nonsense', () => {
  it('as the data of every event there is, says so once for each and goes on', async () => {
    for (const event of EVENTS) for (const data of DATA) bot.discord.faults.sendEvent(event, data);
    await expectAnswer();
    // discord.js prints a warning of its own over RATE_LIMITED.
    const complaints = messagesOf(bot.process.stderr).filter((line) => !line.startsWith('('));
    expect(complaints.length).toBeGreaterThan(10);
    expect(new Set(complaints).size).toBe(complaints.length);
    for (const complaint of complaints)
      expect(complaint).toMatch(
        /^Discord sent a [A-Z_]+ event that cannot be handled \(.*\); it was skipped$/,
      );
  });

  it('as whole frames, goes on with the session or with a new one', async () => {
    for (const frame of FRAMES) {
      bot.discord.faults.sendFrame(frame);
      await expectAnswer();
    }
    expect(messagesOf(bot.process.stderr)).not.toEqual([]);
    for (const complaint of messagesOf(bot.process.stderr)) expect(complaint).toMatch(/^Discord sent /);
  });

  it('when it ends the session, logs in anew', async () => {
    const ready = bot.discord.waitFor('ready');
    bot.discord.faults.sendFrame('{"op":9}');
    await ready;
    await expectAnswer();
    expect(bot.discord.bot.identifies).toBe(2);
  });

  it('before it is ready, comes up all the same', async () => {
    const ready = bot.discord.waitFor('ready');
    bot.discord.on('identify', () => {
      setImmediate(() => {
        for (const event of EVENTS) bot.discord.faults.sendEvent(event, null);
      });
    });
    bot.discord.faults.invalidateSessions();
    await ready;
    await expectAnswer();
    expect(bot.discord.bot.identifies).toBe(2);
  });

  it('instead of a READY, tries again until there is one', async () => {
    bot.discord.faults.replaceReady({ session_id: 'x' });
    const first = bot.discord.waitFor('identify');
    bot.discord.faults.invalidateSessions();
    await first;
    bot.discord.faults.replaceReady(null);
    // @discordjs/ws waits 15 s for a READY.
    await bot.discord.waitFor('ready', undefined, 25_000);
    await expectAnswer();
    expect(bot.discord.bot.identifies).toBe(3);
  }, 40_000);
});

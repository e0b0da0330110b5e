import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { ANOTHER_TOKEN, ASLEEP, BotUnderTest, messagesOf, TOKEN } from '../support/rig/index.js';

let bot: BotUnderTest;

describe('a connection that is lost', () => {
  beforeAll(async () => {
    bot = await BotUnderTest.start({
      settings: ASLEEP,
      next: { BOT_PREFIX: '?', BOT_ACTIVITY: 'made in the dark' },
    });
  });
  afterAll(() => bot.stop());

  it('is resumed, and said to be', async () => {
    const since = bot.process.mark();
    const resumed = bot.discord.waitFor('resume');
    bot.discord.faults.dropGateway();
    await resumed;
    await bot.process.waitForOutput('The gateway connection of shard 0 was lost; connecting again', {
      since,
    });
    await bot.process.waitForOutput(/The gateway connection of shard 0 is back; \d+ event/, { since });
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
    expect(bot.discord.bot).toMatchObject({ identifies: 1, resumes: 1 });
  });

  it('hinders no reload: SIGHUP is answered meanwhile, and what it changed is seen afterwards', async () => {
    // Read at once: before discord.js has tried to connect again.
    bot.swapIn();
    bot.discord.faults.refuseGateway();
    const lost = bot.discord.waitFor('disconnect');
    bot.discord.faults.dropGateway();
    await lost;
    const { entry } = await bot.reloadBy(() => {
      bot.hangUp();
    });
    expect(entry).toMatchObject({ trigger: 'signal', outcome: 'applied' });
    expect(bot.discord.bot.connected).toBe(false);
    const shown = bot.discord.waitFor('presence', ({ activities }) => activities.length > 0);
    bot.discord.faults.restoreGateway();
    expect((await shown).activities).toMatchObject([{ name: 'made in the dark' }]);
    expect((await bot.say('?config-help')).text).toContain('after the prefix `?`');
  });

  it('for long is said to be lost once, and to be back in a new session', async () => {
    const complaints = (): string[] =>
      messagesOf(bot.process.stderr).filter((line) => line.includes('was lost'));
    const before = complaints().length;
    const since = bot.process.mark();
    bot.discord.faults.refuseGateway();
    bot.discord.faults.dropGateway();
    for (let attempt = 0; attempt < 3; attempt++) await bot.discord.waitFor('refused');
    bot.discord.faults.restoreGateway();
    await bot.process.waitForOutput('The gateway connection of shard 0 is back; in a new session', { since });
    expect(complaints()).toHaveLength(before + 1);
  });

  it('shows its activity again after Discord made it log in anew', async () => {
    await bot.settle({ BOT_ACTIVITY: 'as ever' });
    const shown = bot.discord.waitFor('presence', ({ activities }) => activities[0]?.name === 'as ever');
    const login = bot.discord.waitFor('identify');
    bot.discord.faults.invalidateSessions();
    expect((await login).afterInvalidation).toBe(true);
    await expect(shown).resolves.toBeDefined();
  });
});

describe('a bot that Discord turns away while it runs,', () => {
  beforeEach(async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP });
  });
  afterEach(() => bot.stop());

  it('because its token was revoked says so, waits for another one and takes it over', async () => {
    const gone = bot.discord.waitFor('disconnect');
    bot.discord.tokens.revoke(TOKEN, { disconnect: true });
    expect((await gone).code).toBe(4004);
    const since = bot.process.mark();
    await bot.process.waitForOutput('Discord has revoked the token: the bot can answer nobody.', {
      since: 0,
    });
    bot.discord.tokens.add(ANOTHER_TOKEN);
    const back = bot.discord.waitFor('ready');
    bot.save({ DISCORD_TOKEN: ANOTHER_TOKEN });
    bot.hangUp();
    await back;
    await bot.process.waitForOutput('SIGHUP acknowledged: applied', { since });
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
    bot.process.signal('SIGTERM');
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
  });

  it('for another reason names the code and exits with 1', async () => {
    bot.discord.faults.closeGateway(4012);
    expect(await bot.process.exit).toEqual({ code: 1, signal: null });
    expect(bot.process.stderr).toContain('Discord closed the gateway for good: 4012 InvalidAPIVersion');
  });
});

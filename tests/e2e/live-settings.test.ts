import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ASLEEP, BotUnderTest, eventually, NOTHING_HAPPENS_MS, QUICK, REFUSAL } from './fixture.js';

let bot: BotUnderTest;

/** What code reads that looks at `process.env` itself. */
async function seenByOthers(): Promise<unknown> {
  const since = bot.process.mark();
  bot.process.signal('SIGUSR2');
  return JSON.parse((await bot.process.waitForOutput('seen: ', { since })).slice('seen: '.length));
}

describe('a setting takes effect without a restart:', () => {
  beforeAll(async () => {
    bot = await BotUnderTest.start({ settings: QUICK });
  });
  afterAll(() => bot.stop());

  it('BOT_PREFIX', async () => {
    await bot.apply({ BOT_PREFIX: '?' });
    const old = await bot.discord.say({
      user: bot.bob,
      channel: bot.home.channel,
      content: '!config-help',
    });
    const answer = await bot.say('?config-help', { user: bot.bob });
    expect(answer.text).toContain('behind the prefix `?`');
    const answers = bot.discord.messagesIn(bot.home.channel).filter(({ repliesTo }) => repliesTo === old);
    expect(answers).toEqual([]);
  });

  it('BOT_ACTIVITY, shown and taken away', async () => {
    const shown = bot.discord.waitFor('presence');
    await bot.apply({ BOT_ACTIVITY: 'with the configuration' });
    expect((await shown).activities).toMatchObject([{ name: 'with the configuration', type: 0 }]);
    const gone = bot.discord.waitFor('presence');
    await bot.apply({});
    expect((await gone).activities).toEqual([]);
  });

  it('OWNER_IDS', async () => {
    expect((await bot.say('!config-status', { user: bot.bob })).content).toMatch(REFUSAL);
    await bot.apply({ OWNER_IDS: bot.bob.id });
    expect((await bot.say('!config-status', { user: bot.bob })).text).toMatch(/^Configuration status/);
    await bot.apply({});
    expect((await bot.say('!config-status', { user: bot.bob })).content).toMatch(REFUSAL);
  });

  it('ADMIN_GUILD_IDS', async () => {
    await bot.apply({ ADMIN_GUILD_IDS: bot.discord.world.bot.id });
    expect((await bot.slash('config-status')).content).toMatch(REFUSAL);
    await bot.apply({ ADMIN_GUILD_IDS: `${bot.discord.world.bot.id}, ${bot.home.id}` });
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
  });

  it('LOG_LEVEL, down to the chatter of discord.js', async () => {
    const since = bot.process.mark();
    await bot.apply({ LOG_LEVEL: 'Trace' });
    bot.discord.faults.askToReconnect();
    await bot.process.waitForOutput(/ - TRACE - /, { since });
    const entry = await eventually('a trace in the file', () =>
      bot.log().find(({ level }) => level === 'trace'),
    );
    expect(entry.msg).not.toBe('');
    await bot.apply({});
  });

  it('LOG_LEVEL and DEBUG, on the console; the file has every outcome whatever the level', async () => {
    const count = bot.reloads().length;
    const start = bot.process.output.length;
    bot.save({ LOG_LEVEL: 'error' });
    const silent = await eventually('the outcome in the file', () => bot.reloads()[count]);
    expect(silent).toMatchObject({ outcome: 'applied', addedKeys: ['LOG_LEVEL'] });
    await bot.apply({ LOG_LEVEL: 'error', DEBUG: 'yes' });
    const printed = bot.process.output.slice(start);
    expect(printed).toContain("{'DEBUG': 'true'}");
    expect(printed).not.toContain("{'LOG_LEVEL': 'error'}");
    await bot.apply({});
  });

  it('LOG_JSONL_PATH, whose directories are made', async () => {
    const moved = 'elsewhere/deep/bot.jsonl';
    bot.save({ LOG_JSONL_PATH: moved });
    const [first] = await eventually('the new log', () => {
      const entries = bot.reloads(moved);
      return entries.length > 0 ? entries : undefined;
    });
    expect(first).toMatchObject({ outcome: 'applied', addedKeys: ['LOG_JSONL_PATH'] });
    const old = bot.log().length;
    const { entry } = await bot.reloadBy(() => {
      bot.save({ LOG_JSONL_PATH: path.join(bot.directory, moved), MORE: '1' });
    }, moved);
    expect(entry).toMatchObject({ added: 1, modified: 1 });
    expect(bot.log()).toHaveLength(old);
    bot.save();
    await eventually('the old log again', () => bot.log()[old]);
  });

  it('CONFIG_DEBOUNCE_MS', async () => {
    const debounce = 1800;
    await bot.apply({ CONFIG_DEBOUNCE_MS: String(debounce) });
    const start = performance.now();
    await bot.apply({ CONFIG_DEBOUNCE_MS: '0' });
    expect(performance.now() - start).toBeGreaterThanOrEqual(debounce);
    const again = performance.now();
    await bot.apply({});
    expect(performance.now() - again).toBeLessThan(debounce);
  });

  it('CONFIG_POLL_INTERVAL_MS, also when the interval before was an hour', async () => {
    await bot.apply({ CONFIG_POLL_INTERVAL_MS: '3600000' });
    const count = bot.reloads().length;
    bot.save({ UNSEEN: '1' });
    await sleep(NOTHING_HAPPENS_MS);
    expect(bot.reloads()).toHaveLength(count);
    await bot.settle();
    const { entry } = await bot.apply({ SEEN: '1' });
    expect(entry).toMatchObject({ trigger: 'watch', addedKeys: ['SEEN'] });
  });
});

describe('a key that is removed from the file', () => {
  const environment = { BOT_PREFIX: '%', EXTRA_OF_BOTH: 'environment' };
  /** Prints on SIGUSR2 what third-party code would read. */
  const preload = `data:text/javascript,${encodeURIComponent(
    "process.on('SIGUSR2', () => console.log('seen: ' + JSON.stringify([process.env.BOT_PREFIX, process.env.EXTRA_OF_BOTH, process.env.EXTRA_OF_FILE])))",
  )}`;

  beforeAll(async () => {
    bot = await BotUnderTest.start({
      settings: { ...ASLEEP, BOT_PREFIX: '?', BOT_ACTIVITY: 'file' },
      environment,
      node: ['--import', preload],
    });
  });
  afterAll(() => bot.stop());

  it('falls back to the environment, or else to its default, and says to what', async () => {
    const { printed, entry } = await bot.reloadBy(() => {
      bot.write(
        bot
          .text()
          .replace(/^BOT_PREFIX.*\n/m, '')
          .replace(/^BOT_ACTIVITY=.*$/m, 'BOT_ACTIVITY='),
      );
      bot.hangUp();
    });
    expect(printed).toContain("  ➖ Removed: {'BOT_ACTIVITY': 'file'}");
    expect(printed).toContain('  ↩️ Falls back: BOT_ACTIVITY =  (default)');
    expect(printed).toContain('  🔄 Modified: BOT_PREFIX = ? → %');
    expect(entry).toMatchObject({ removed: 1, modified: 1 });
    expect((await bot.say('%config-help')).text).toContain('behind the prefix `%`');
    expect((await bot.slash('config-status')).text).toContain('`BOT_PREFIX` = `%` · environment');
  });

  it('is gone from process.env as well, or back to what it was, for code that reads it there', async () => {
    await bot.settle({ EXTRA_OF_BOTH: 'file', EXTRA_OF_FILE: 'file' });
    expect(await seenByOthers()).toEqual(['?', 'file', 'file']);
    await bot.settle();
    expect(await seenByOthers()).toEqual(['?', 'environment', null]);
    bot.write(bot.text().replace(/^BOT_PREFIX.*\n/m, ''));
    await bot.reloadBy(() => {
      bot.hangUp();
    });
    expect(await seenByOthers()).toEqual(['%', 'environment', null]);
  });

  it('is reported as shadowing while both set it', async () => {
    bot.save({ EXTRA_OF_BOTH: 'file' });
    const { content } = await bot.slash('reload-config');
    expect(content).toContain('⚠️ BOT_PREFIX on line 4 hides the value of the process environment');
    expect(content).toContain('⚠️ EXTRA_OF_BOTH on line 6 hides the value of the process environment');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ASLEEP, BotUnderTest } from '../support/rig/index.js';

let bot: BotUnderTest;

/** What code reads that looks at `process.env` itself. */
async function seenByOthers(): Promise<unknown> {
  const since = bot.process.mark();
  bot.process.signal('SIGUSR2');
  return JSON.parse((await bot.process.waitForOutput('seen: ', { since })).slice('seen: '.length));
}

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
    expect((await bot.say('%config-help')).text).toContain('after the prefix `%`');
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

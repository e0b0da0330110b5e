import { afterAll, beforeAll, expect, it } from 'vitest';

import { ASLEEP, BotUnderTest } from '../support/rig/index.js';
import { REFUSAL } from './wording.js';

let bot: BotUnderTest;

beforeAll(async () => {
  bot = await BotUnderTest.start({ settings: { ...ASLEEP, BOT_ACTIVITY: 'chess' } });
});
afterAll(() => bot.stop());

async function history(setting?: string): Promise<string> {
  return (await bot.slash('config-history', setting === undefined ? {} : { options: { setting } })).text;
}

it('tells an administrator what became of every reload, the newest first', async () => {
  await bot.settle({ BOT_ACTIVITY: 'go', EXTRA: 'value-of-an-extra', MY_API_KEY: 'sk-abcdefghij0123456789' });
  bot.save({ BOT_PREFIX: 'far too long for a prefix' });
  await bot.slash('reload-config');
  await bot.settle({ BOT_ACTIVITY: 'go' });
  const lines = (await history()).split('\n');
  expect(lines).toEqual([
    'Configuration history',
    expect.stringMatching(/^✅ \*\*applied\*\* <t:\d+:R> · signal · `\w{12}` → `\w{12}`$/),
    '➖ `EXTRA` = `value-of-an-extra`',
    '➖ `MY_API_KEY` = `[hidden]`',
    expect.stringMatching(
      new RegExp(`^❌ \\*\\*rejected\\*\\* <t:\\d+:R> · command by ${bot.alice.id} · \`\\w{12}\`$`),
    ),
    expect.stringMatching(/^• .*BOT_PREFIX: expected/),
    expect.stringMatching(/^✅ \*\*applied\*\*/),
    '➕ `EXTRA` = `value-of-an-extra`',
    '➕ `MY_API_KEY` = `[hidden]`',
    '🔄 `BOT_ACTIVITY` = `chess` → `go`',
    expect.stringMatching(/^✅ \*\*applied\*\* <t:\d+:R> · startup · /),
  ]);
});

it('filters by a key, which it completes', async () => {
  expect((await history('BOT_ACTIVITY')).split('\n')).toEqual([
    'Configuration history of BOT_ACTIVITY',
    expect.stringContaining('applied'),
    '🔄 `BOT_ACTIVITY` = `chess` → `go`',
  ]);
  const asked = { channel: bot.home.channel, command: 'config-history', option: 'setting', value: 'ext' };
  expect(await bot.discord.autocomplete({ ...asked, user: bot.alice })).toEqual([
    { name: 'EXTRA', value: 'EXTRA' },
  ]);
  expect(await bot.discord.autocomplete({ ...asked, user: bot.bob, force: true })).toEqual([]);
});

it('hides values of extras in a channel, and everything from others', async () => {
  const { text } = await bot.say('!config-history');
  expect(text).toContain('➕ `EXTRA` = `[hidden]`');
  expect(text).not.toContain('value-of-an-extra');
  expect((await bot.slash('config-history', { user: bot.bob, force: true })).text).toMatch(REFUSAL);
  expect((await bot.say('!config_history', { user: bot.bob })).text).toMatch(REFUSAL);
});

it('outlives a restart', async () => {
  await bot.run();
  const text = await history();
  expect(text.match(/startup/g)).toHaveLength(2);
  expect(text).toContain('🔄 `BOT_ACTIVITY` = `chess` → `go`');
});

import type { Message, User } from 'loopback-discord';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { ASLEEP, BotUnderTest, eventually } from '../support/rig/index.js';
import { REFUSAL } from './wording.js';

let bot: BotUnderTest;

beforeAll(async () => {
  bot = await BotUnderTest.start({ settings: { ...ASLEEP, BOT_ACTIVITY: 'chess' } });
});
afterAll(() => bot.stop());

function buttonOf({ components }: Message): string {
  const [, customId] = /"custom_id":"(config-preview:apply:[^"]+)"/.exec(JSON.stringify(components)) ?? [];
  if (customId === undefined) throw new Error('the message has no Apply button');
  return customId;
}

/** Saves, asks for a dry run, and returns the answer with its button. */
async function preview(game: string): Promise<Message> {
  bot.save({ BOT_ACTIVITY: game });
  return (await bot.slash('reload-config', { options: { dry_run: true } })).message;
}

/** Presses the Apply button, and returns what the message shows next. */
async function apply(message: Message, user: User = bot.alice): Promise<string> {
  const shown = message.content;
  await bot.discord.press({ user, message, customId: buttonOf(message) });
  return eventually('another content of the message', () =>
    message.content === shown ? undefined : message.content,
  );
}

async function activity(): Promise<string> {
  return (await bot.slash('config-status', { options: { setting: 'BOT_ACTIVITY' } })).text;
}

it('applies what the dry run has shown, and goes', async () => {
  const message = await preview('go');
  expect(await activity()).toContain('`chess`');
  const { entry } = await bot.reloadBy(async () => {
    expect(await apply(message)).toMatch(
      /^✅ Configuration reloaded successfully!\n📊 Changes: ~1 modified\n/,
    );
  });
  expect(entry).toMatchObject({ outcome: 'applied', trigger: 'command', who: bot.alice.id });
  expect(message.components).toEqual([]);
  expect(await activity()).toContain('`go`');
});

it('applies nothing else: for a file that has changed it shows a new preview, which can be applied', async () => {
  const message = await preview('shogi');
  bot.save({ BOT_ACTIVITY: 'mahjong', EXTRA: 'value-of-an-extra' });
  expect(await apply(message)).toMatch(
    /^⚠️ Nothing was applied: the file has changed.*\n🔍 Dry run: these changes would be applied\n(.*\n)*➕ Added: EXTRA/,
  );
  expect(await activity()).toContain('`go`');
  expect(await apply(message)).toMatch(/^✅/);
  expect(await activity()).toContain('`mahjong`');
  expect(message.versions.map(({ text }) => text).join('\n')).not.toContain('value-of-an-extra');
});

it('is refused to a stranger, at the cost of that answer', async () => {
  bot.save({ BOT_ACTIVITY: 'bridge' });
  const message = await bot.say('!reload-config --dry-run');
  const reloads = bot.reloads().length;
  const requests = bot.discord.requests.length;
  const pressed = await bot.discord.press({ user: bot.bob, message, customId: buttonOf(message) });
  const { content, ephemeral, pings } = await pressed.reply();
  expect(content).toMatch(REFUSAL);
  expect({ ephemeral, pings }).toEqual({ ephemeral: true, pings: [] });
  expect(bot.discord.requests.slice(requests).map(({ path }) => path)).toEqual([
    expect.stringMatching(/\/interactions\/\d+\/[^/]+\/callback/),
  ]);
  expect(bot.reloads()).toHaveLength(reloads);
  expect(await apply(message)).toMatch(/^✅/);
});

it('is not offered when there is nothing to apply', async () => {
  await bot.settle();
  for (const text of [bot.text(), 'nonsense\n']) {
    bot.write(text);
    const { message } = await bot.slash('reload-config', { options: { dry_run: true } });
    expect(message.components).toEqual([]);
  }
});

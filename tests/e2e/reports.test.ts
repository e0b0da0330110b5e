import { rmSync } from 'node:fs';

import type { Channel, Message, User } from 'loopback-discord';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { ANOTHER_TOKEN, BotUnderTest, eventually, messagesOf, QUICK, TOKEN } from '../support/rig/index.js';
import { REFUSAL } from './wording.js';

/** After the token was reset. */
const REVIVED = { DISCORD_TOKEN: ANOTHER_TOKEN };

let bot: BotUnderTest;
let channel: Channel;

beforeAll(async () => {
  bot = await BotUnderTest.prepare({ settings: { ...QUICK, BOT_ACTIVITY: 'chess' } });
  channel = bot.discord.world.addChannel(bot.home, 'operators');
  bot.save({ REPORT_CHANNEL_ID: channel.id });
  await bot.run();
});
afterAll(() => bot.stop());

function save(settings: Record<string, string>): void {
  bot.save({ REPORT_CHANNEL_ID: channel.id, ...settings });
}

/** The report that says this, when it is there: ten seconds lie between two. */
function report(text: string | RegExp): Promise<Message> {
  return eventually(
    `a report that says ${String(text)}`,
    () => bot.discord.messagesIn(channel).findLast((message) => message.content.match(text) !== null),
    25_000,
  );
}

function button(verb: 'apply' | 'dismiss', { components }: Message): string {
  const json = JSON.stringify(components);
  const [, customId] = new RegExp(`"custom_id":"(config-preview:${verb}:[^"]+)"`).exec(json) ?? [];
  if (customId === undefined) throw new Error(`the message has no button to ${verb}`);
  return customId;
}

async function press(verb: 'apply' | 'dismiss', message: Message, user: User = bot.alice): Promise<string> {
  const shown = message.content;
  await bot.discord.press({ user, message, customId: button(verb, message) });
  return eventually('another content of the message', () =>
    message.content === shown ? undefined : message.content,
  );
}

async function activity(): Promise<string> {
  return (await bot.slash('config-status', { options: { setting: 'BOT_ACTIVITY' } })).text;
}

it('an applied change is reported at once, with the values of settings and of nothing else', async () => {
  save({ BOT_ACTIVITY: 'go', EXTRA: 'value-of-an-extra', MY_API_KEY: 'sk-abcdefghij0123456789' });
  const { content, pings, components } = await report('Configuration applied');
  expect(content.split('\n').slice(0, 5)).toEqual([
    '✅ **Configuration applied** · watch',
    expect.stringMatching(/^🔖 Version: \w{12} → \w{12}$/),
    '➕ `EXTRA` = `[hidden]`',
    '➕ `MY_API_KEY` = `[hidden]`',
    '🔄 `BOT_ACTIVITY` = `chess` → `go`',
  ]);
  expect({ pings, components }).toEqual({ pings: [], components: [] });
}, 40_000);

it('what happens within ten seconds of a message is summed up in the next one', async () => {
  const before = bot.discord.messagesIn(channel).length;
  for (const game of ['a', 'b', 'c', 'd']) {
    save({ BOT_ACTIVITY: game });
    await bot.reloadBy(() => {
      bot.hangUp();
    });
  }
  save({ BOT_PREFIX: 'far too long for a prefix' });
  await bot.reloadBy(() => {
    bot.hangUp();
  });
  const { content } = await report('reloads in a short time');
  expect(content).toMatch(/^🔁 \*\*5 reloads in a short time\*\*: 4 applied, 1 rejected. The last one:\n❌/);
  expect(content).toMatch(/• .*BOT_PREFIX: expected/);
  expect(content).not.toContain('far too long');
  expect(bot.discord.messagesIn(channel)).toHaveLength(before + 1);
  const [first, second] = bot.discord
    .messagesIn(channel)
    .slice(-2)
    .map(({ versions }) => versions[0]?.at ?? 0);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(9900);

  save({ BOT_ACTIVITY: 'go' });
  expect((await report('the last reload before was rejected')).content).toContain('`d` → `go`');
}, 60_000);

it('with approval, a change waits for an administrator who applies it', async () => {
  save({ BOT_ACTIVITY: 'go', CONFIG_APPROVAL: 'on' });
  await report(/CONFIG_APPROVAL` = `on`/);

  save({ BOT_ACTIVITY: 'shogi', CONFIG_APPROVAL: 'on', EXTRA: 'value-of-an-extra' });
  const first = await report(/waits for approval\*\*\n.*\n.*EXTRA` = `\[hidden\]`\n.*`go` → `shogi`/);
  save({ BOT_ACTIVITY: 'mahjong', CONFIG_APPROVAL: 'on' });
  const second = await report(/`go` → `mahjong`/);
  await expect.poll(() => first.content).toMatch(/^⏭️ Replaced/);
  expect(first.components).toEqual([]);
  expect(await activity()).toContain('`go`');
  expect((await bot.slash('config-status')).text).toContain('waits for approval');

  const requests = bot.discord.requests.length;
  const refused = await bot.discord.press({
    user: bot.bob,
    message: second,
    customId: button('apply', second),
  });
  expect(await refused.reply()).toMatchObject({ content: expect.stringMatching(REFUSAL), ephemeral: true });
  expect(bot.discord.requests.slice(requests)).toHaveLength(1);

  expect(await press('apply', second)).toMatch(
    new RegExp(`^✅ Configuration reloaded successfully!\n(.*\n)*-# Applied by <@${bot.alice.id}>$`),
  );
  expect(second.components).toEqual([]);
  expect(await activity()).toContain('`mahjong`');
}, 90_000);

it('a dismissed change is not applied until somebody asks for it otherwise', async () => {
  save({ BOT_ACTIVITY: 'bridge', CONFIG_APPROVAL: 'on' });
  const message = await report(/`mahjong` → `bridge`/);
  expect(await press('dismiss', message)).toBe(
    `🗑️ Dismissed by <@${bot.alice.id}>: the change in the file is not applied.`,
  );
  expect(await activity()).toContain('`mahjong`');
  expect((await bot.slash('reload-config')).text).toMatch(/^✅/);
  expect(await activity()).toContain('`bridge`');
}, 60_000);

it('a change that a signal applies waits no longer', async () => {
  save({ BOT_ACTIVITY: 'poker', CONFIG_APPROVAL: 'on' });
  const message = await report(/`bridge` → `poker`/);
  bot.hangUp();
  await eventually('a message without buttons', () => (message.components.length === 0 ? true : undefined));
  expect(message.content).toMatch(/^⏭️ No longer waiting/);
}, 60_000);

it('trouble with the file and with the token is reported, as soon as it can be', async () => {
  await bot.settle({ REPORT_CHANNEL_ID: channel.id });
  rmSync(bot.file);
  await report(/^🚨 The configuration file \S+ is missing/m);
  bot.save({ REPORT_CHANNEL_ID: channel.id });
  await report(/^👀 The configuration file \S+ can be read/m);

  bot.discord.tokens.reset(TOKEN, ANOTHER_TOKEN);
  await bot.process.waitForOutput('Discord has revoked the token', { since: 0 });
  bot.save({ REPORT_CHANNEL_ID: channel.id, DISCORD_TOKEN: ANOTHER_TOKEN });
  const { content } = await report('🔑 Discord has revoked the token');
  expect(content).not.toContain(ANOTHER_TOKEN);
}, 90_000);

it('a channel that the bot cannot write to is one warning', async () => {
  const warnings = (): string[] =>
    messagesOf(bot.process.output).filter((line) => line.startsWith('No reports can be posted'));
  await bot.settle({ ...REVIVED, REPORT_CHANNEL_ID: '99999999999999999' });
  await eventually('a warning', () => warnings()[0], 25_000);
  await bot.settle({ ...REVIVED, REPORT_CHANNEL_ID: '99999999999999999', BOT_ACTIVITY: 'x' });
  await bot.settle({ ...REVIVED, REPORT_CHANNEL_ID: channel.id, BOT_ACTIVITY: 'back again' });
  await report('back again');
  expect(warnings()).toEqual([
    expect.stringMatching(/the channel 99999999999999999 of REPORT_CHANNEL_ID \(404\)\. Remedy/),
  ]);
}, 60_000);

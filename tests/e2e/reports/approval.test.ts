import type { Message, User } from 'loopback-discord';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { eventually } from '../../support/rig/index.js';
import { REFUSAL } from '../wording.js';
import { OperatorsChannel } from './operators-channel.js';

let operators: OperatorsChannel;

beforeAll(async () => {
  operators = await OperatorsChannel.start();
});
afterAll(() => operators.bot.stop());

function button(verb: 'apply' | 'dismiss', { components }: Message): string {
  const json = JSON.stringify(components);
  const [, customId] = new RegExp(`"custom_id":"(config-preview:${verb}:[^"]+)"`).exec(json) ?? [];
  if (customId === undefined) throw new Error(`the message has no button to ${verb}`);
  return customId;
}

async function press(
  verb: 'apply' | 'dismiss',
  message: Message,
  user: User = operators.bot.alice,
): Promise<string> {
  const shown = message.content;
  await operators.bot.discord.press({ user, message, customId: button(verb, message) });
  return eventually('another content of the message', () =>
    message.content === shown ? undefined : message.content,
  );
}

async function activity(): Promise<string> {
  return (await operators.bot.slash('config-status', { options: { setting: 'BOT_ACTIVITY' } })).text;
}

it('with approval, a change waits for an administrator who applies it', async () => {
  operators.save({ BOT_ACTIVITY: 'go', CONFIG_APPROVAL: 'on' });
  await operators.report(/CONFIG_APPROVAL` = `on`/);

  operators.save({ BOT_ACTIVITY: 'shogi', CONFIG_APPROVAL: 'on', EXTRA: 'value-of-an-extra' });
  const first = await operators.report(
    /waits for approval\*\*\n.*\n.*EXTRA` = `\[hidden\]`\n.*`go` → `shogi`/,
  );
  operators.save({ BOT_ACTIVITY: 'mahjong', CONFIG_APPROVAL: 'on' });
  const second = await operators.report(/`go` → `mahjong`/);
  await expect.poll(() => first.content).toMatch(/^⏭️ Replaced/);
  expect(first.components).toEqual([]);
  expect(await activity()).toContain('`go`');
  expect((await operators.bot.slash('config-status')).text).toContain('waits for approval');

  const requests = operators.bot.discord.requests.length;
  const refused = await operators.bot.discord.press({
    user: operators.bot.bob,
    message: second,
    customId: button('apply', second),
  });
  expect(await refused.reply()).toMatchObject({ content: expect.stringMatching(REFUSAL), ephemeral: true });
  expect(operators.bot.discord.requests.slice(requests)).toHaveLength(1);

  expect(await press('apply', second)).toMatch(
    new RegExp(
      `^✅ Configuration reloaded successfully!\n(.*\n)*-# Applied by <@${operators.bot.alice.id}>$`,
    ),
  );
  expect(second.components).toEqual([]);
  expect(await activity()).toContain('`mahjong`');
}, 90_000);

it('a dismissed change is not applied until somebody asks for it otherwise', async () => {
  operators.save({ BOT_ACTIVITY: 'bridge', CONFIG_APPROVAL: 'on' });
  const message = await operators.report(/`mahjong` → `bridge`/);
  expect(await press('dismiss', message)).toBe(
    `🗑️ Dismissed by <@${operators.bot.alice.id}>: the change in the file is not applied.`,
  );
  expect(await activity()).toContain('`mahjong`');
  expect((await operators.bot.slash('reload-config')).text).toMatch(/^✅/);
  expect(await activity()).toContain('`bridge`');
}, 60_000);

it('a change that a signal applies waits no longer', async () => {
  operators.save({ BOT_ACTIVITY: 'poker', CONFIG_APPROVAL: 'on' });
  const message = await operators.report(/`bridge` → `poker`/);
  operators.bot.hangUp();
  await eventually('a message without buttons', () => (message.components.length === 0 ? true : undefined));
  expect(message.content).toMatch(/^⏭️ No longer waiting/);
}, 60_000);

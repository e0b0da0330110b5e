import { afterAll, beforeAll, expect, it } from 'vitest';

import { eventually, messagesOf } from '../../support/rig/index.js';
import { OperatorsChannel } from './operators-channel.js';

let operators: OperatorsChannel;

beforeAll(async () => {
  operators = await OperatorsChannel.start();
});
afterAll(() => operators.bot.stop());

it('an applied change is reported at once, with the values of settings and of nothing else', async () => {
  operators.save({ BOT_ACTIVITY: 'go', EXTRA: 'value-of-an-extra', MY_API_KEY: 'sk-abcdefghij0123456789' });
  const { content, pings, components } = await operators.report('Configuration applied');
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
  const before = operators.messages.length;
  for (const game of ['a', 'b', 'c', 'd']) {
    await operators.reload({ BOT_ACTIVITY: game });
  }
  await operators.reload({ BOT_PREFIX: 'far too long for a prefix' });
  const { content } = await operators.report('reloads in a short time');
  expect(content).toMatch(/^🔁 \*\*5 reloads in a short time\*\*: 4 applied, 1 rejected. The last one:\n❌/);
  expect(content).toMatch(/• .*BOT_PREFIX: expected/);
  expect(content).not.toContain('far too long');
  expect(operators.messages).toHaveLength(before + 1);
  const [first, second] = operators.messages.slice(-2).map(({ versions }) => versions[0]?.at ?? 0);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(9900);

  operators.save({ BOT_ACTIVITY: 'go' });
  expect((await operators.report('the last reload before was rejected')).content).toContain('`d` → `go`');
}, 60_000);

it('a channel that the bot cannot write to is one warning', async () => {
  const warnings = (): string[] =>
    messagesOf(operators.bot.process.output).filter((line) => line.startsWith('No reports can be posted'));
  await operators.bot.settle({ REPORT_CHANNEL_ID: '99999999999999999' });
  await eventually('a warning', () => warnings()[0], 25_000);
  await operators.bot.settle({ REPORT_CHANNEL_ID: '99999999999999999', BOT_ACTIVITY: 'x' });
  await operators.bot.settle({ REPORT_CHANNEL_ID: operators.channel.id, BOT_ACTIVITY: 'back again' });
  await operators.report('back again');
  expect(warnings()).toEqual([
    expect.stringMatching(/the channel 99999999999999999 of REPORT_CHANNEL_ID \(404\)\. Remedy/),
  ]);
}, 60_000);

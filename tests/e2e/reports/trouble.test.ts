import { rmSync } from 'node:fs';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { ANOTHER_TOKEN, TOKEN } from '../../support/rig/index.js';
import { OperatorsChannel } from './operators-channel.js';

let operators: OperatorsChannel;

beforeAll(async () => {
  operators = await OperatorsChannel.start();
});
afterAll(() => operators.bot.stop());

it('trouble with the file and with the token is reported, as soon as it can be', async () => {
  rmSync(operators.bot.file);
  await operators.report(/^🚨 The configuration file \S+ is missing/m);
  operators.save();
  await operators.report(/^👀 The configuration file \S+ can be read/m);

  operators.bot.discord.tokens.reset(TOKEN, ANOTHER_TOKEN);
  await operators.bot.process.waitForOutput('Discord has revoked the token', { since: 0 });
  operators.save({ DISCORD_TOKEN: ANOTHER_TOKEN });
  const { content } = await operators.report('🔑 Discord has revoked the token');
  expect(content).not.toContain(ANOTHER_TOKEN);
}, 90_000);

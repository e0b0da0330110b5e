import { EventEmitter } from 'node:events';

import { Events } from '@sapphire/framework';
import { assume } from 'loopback-kit';
import { expect, it } from 'vitest';

import { commandMetrics } from '../../../src/lib/metrics/command-metrics.js';
import { measured } from '../../support/measured.js';

const payload = (name: string): object => ({ command: { name } });

it('counts slash and prefix commands alike, by name and how they ended, without secrets', async () => {
  const client = new EventEmitter();
  const { instruments, scrape } = measured();
  commandMetrics(instruments, assume(client), (text) => text.replace('a-secret', '[hidden]'));
  client.emit(Events.ChatInputCommandSuccess, payload('ask'));
  client.emit(Events.MessageCommandSuccess, payload('ask'));
  client.emit(Events.ChatInputCommandError, new Error('no'), payload('ask'));
  client.emit(Events.MessageCommandError, new Error('no'), payload('say'));
  client.emit(Events.ChatInputCommandDenied, new Error('no'), payload('reload-config'));
  client.emit(Events.MessageCommandDenied, new Error('no'), payload('a-secret'));
  expect(await scrape()).toEqual({
    'bot_commands_total{command="ask",outcome="succeeded"}': 2,
    'bot_commands_total{command="ask",outcome="failed"}': 1,
    'bot_commands_total{command="say",outcome="failed"}': 1,
    'bot_commands_total{command="reload-config",outcome="denied"}': 1,
    'bot_commands_total{command="[hidden]",outcome="denied"}': 1,
  });
});

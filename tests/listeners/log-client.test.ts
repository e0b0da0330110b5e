import { container, Events, type Listener } from '@sapphire/framework';
import { assume } from 'loopback-kit';
import { expect, it } from 'vitest';

import { LogClientDebugListener } from '../../src/listeners/log-client-debug.js';
import { LogClientErrorListener } from '../../src/listeners/log-client-error.js';
import { LogClientWarningListener } from '../../src/listeners/log-client-warning.js';
import { pieceContext } from '../support/piece-context.js';

it.each([
  [Events.Debug, LogClientDebugListener, 'trace'],
  [Events.Warn, LogClientWarningListener, 'warn'],
  [Events.Error, LogClientErrorListener, 'error'],
] as const)('what discord.js says as "%s" is logged at its level', async (event, Class, level) => {
  const logged: unknown[] = [];
  container.client = assume({});
  container.logger = assume(
    Object.fromEntries(
      ['trace', 'warn', 'error'].map((each) => [each, (said: unknown) => logged.push([each, said])]),
    ),
  );
  const listener: Listener = assume(new Class(pieceContext(), {}));
  expect(listener.event).toBe(event);
  await listener.run('heartbeat');
  expect(logged).toEqual([[level, 'heartbeat']]);
});

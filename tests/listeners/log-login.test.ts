import { container, Events } from '@sapphire/framework';
import { assume } from 'loopback-kit';
import { expect, it } from 'vitest';

import { LogLoginListener } from '../../src/listeners/log-login.js';
import { pieceContext } from '../support/piece-context.js';

it('says who the bot is logged in as, and asks who owns it', async () => {
  const done: string[] = [];
  container.client = assume({});
  container.logger = assume({ info: (line: string) => done.push(line) });
  container.session = assume({ knowApplication: async () => done.push('asked') });
  const listener = new LogLoginListener(pieceContext(), {});
  expect(listener.event).toBe(Events.ClientReady);
  await listener.run(assume({ guilds: { cache: { size: 2 } }, user: { tag: 'bot#0' } }));
  expect(done).toEqual(['Logged in as bot#0, in 2 server(s)', 'asked']);
});

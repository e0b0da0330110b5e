import { container, Events, SapphireClient } from '@sapphire/framework';
import { expect, it } from 'vitest';

import { leaveRegistration } from '../../../src/lib/pieces/registration.js';

it('keeps the listener that registers commands from being attached, and no other', async () => {
  const client = new SapphireClient({ intents: [], baseUserDirectory: null });
  const listeners = container.stores.get('listeners');
  leaveRegistration(client);
  const before = client.listenerCount(Events.ClientReady);
  await listeners.loadAll();
  expect(listeners.has('CoreReady')).toBe(true);
  expect(client.listenerCount(Events.ClientReady)).toBe(before);
  expect(client.listenerCount(Events.InteractionCreate)).toBe(1);
  await listeners.unloadAll();
  await client.destroy();
});

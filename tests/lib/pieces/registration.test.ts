import { container, Events, Listener, SapphireClient } from '@sapphire/framework';
import { expect, it } from 'vitest';

import { leaveRegistration } from '../../../src/lib/pieces/registration.js';

/** What Sapphire does when the client is ready, under the name of its listener. */
class Registration extends Listener<typeof Events.ClientReady> {
  public constructor(context: Listener.LoaderContext) {
    super(context, { name: 'CoreReady', event: Events.ClientReady, once: true });
  }

  public override run(): void {
    throw new Error('it is not to register anything');
  }
}

class Other extends Listener<typeof Events.GuildCreate> {
  public constructor(context: Listener.LoaderContext) {
    super(context, { name: 'other', event: Events.GuildCreate });
  }

  public override run(): void {}
}

it('keeps the listener that registers commands from being attached, and no other', async () => {
  const client = new SapphireClient({ intents: [], baseUserDirectory: null });
  const listeners = container.stores.get('listeners');
  leaveRegistration(client);
  const before = client.listenerCount(Events.ClientReady);
  for (const Piece of [Registration, Other])
    await listeners.insert(new Piece({ store: listeners, root: '', path: '', name: Piece.name }));
  expect(listeners.has('CoreReady')).toBe(true);
  expect(client.listenerCount(Events.ClientReady)).toBe(before);
  expect(client.listenerCount(Events.GuildCreate)).toBe(1);
  await listeners.unloadAll();
  await client.destroy();
});

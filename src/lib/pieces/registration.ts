import { Events, type SapphireClient } from '@sapphire/framework';

/** Sapphire's listener that registers the commands once the client is ready. */
const REGISTERING = 'CoreReady';

/**
 * Makes this client answer commands without registering them, as another process does that for all. Sapphire finds
 * commands it has not registered by their names.
 */
export function leaveRegistration(client: SapphireClient): void {
  const { strategy } = client.stores.get('listeners');
  const attach = strategy.onLoad.bind(strategy);
  // To replace the listener would not do: one that is to run once stays attached when it is unloaded.
  strategy.onLoad = (store, piece) => {
    if (piece.name !== REGISTERING) attach(store, piece);
  };
  client.once(Events.ClientReady, ({ user }) => {
    client.id = user.id;
  });
}

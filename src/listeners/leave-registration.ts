import { container, Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';

/**
 * Stands in for Sapphire's listener of this name, which registers the commands, in a process that does not run shard
 * 0: the process that does registers them for all. Sapphire finds commands it has not registered by their names.
 */
export class LeaveRegistrationListener extends Listener<typeof Events.ClientReady> {
  public constructor(context: Listener.LoaderContext) {
    const { shards } = container.client.options;
    super(context, {
      name: 'CoreReady',
      event: Events.ClientReady,
      once: true,
      enabled: Array.isArray(shards) && !shards.includes(0),
    });
  }

  public override run(client: Client<true>): void {
    container.client.id ??= client.user.id;
  }
}

import { container, Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';

/** Begins to watch the configuration file when the bot is logged in, and asks whose bot it is. */
export class StartWatchListener extends Listener<typeof Events.ClientReady> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.ClientReady });
  }

  public override async run(client: Client<true>): Promise<void> {
    const { guilds, user } = client;
    container.logger.info(`Logged in as ${user.tag}, in ${String(guilds.cache.size)} server(s)`);
    container.config.startWatch();
    await container.session.knowApplication();
  }
}

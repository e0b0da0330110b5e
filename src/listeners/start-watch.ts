import { ApplyOptions } from '@sapphire/decorators';
import { container, Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';

/** Starts watching the configuration file once the bot is logged in, and finds out who owns the bot. */
@ApplyOptions<Listener.Options>({ event: Events.ClientReady })
export class StartWatchListener extends Listener<typeof Events.ClientReady> {
  public override async run(client: Client<true>): Promise<void> {
    const { guilds, user } = client;
    container.logger.info(`Logged in as ${user.tag}, in ${String(guilds.cache.size)} server(s)`);
    container.config.live.watch.start();
    await container.session.knowApplication();
  }
}

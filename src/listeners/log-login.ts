import { ApplyOptions } from '@sapphire/decorators';
import { container, Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';

/** Says who the bot is logged in as, and finds out who owns it. */
@ApplyOptions<Listener.Options>({ event: Events.ClientReady })
export class LogLoginListener extends Listener<typeof Events.ClientReady> {
  public override async run(client: Client<true>): Promise<void> {
    const { guilds, user } = client;
    container.logger.info(`Logged in as ${user.tag}, in ${String(guilds.cache.size)} server(s)`);
    await container.session.knowApplication();
  }
}

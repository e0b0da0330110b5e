import { container, Events, Listener } from '@sapphire/framework';

export class ReadyListener extends Listener {
  constructor(context, options) {
    super(context, { ...options, event: Events.ClientReady });
  }

  run(client) {
    container.logger.info(`Logged in as ${client.user.tag}`);
  }
}

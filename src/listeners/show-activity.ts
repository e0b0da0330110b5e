import { ApplyOptions } from '@sapphire/decorators';
import { container, Events, Listener } from '@sapphire/framework';
import { ActivityType, type Client } from 'discord.js';

/**
 * Shows BOT_ACTIVITY: in every new session, which starts without one, when it changes, and when a lost connection
 * resumes, because discord.js holds back what it could not send until the next new session.
 */
@ApplyOptions<Listener.Options>({ event: Events.ShardReady })
export class ShowActivityListener extends Listener<typeof Events.ShardReady> {
  #unsubscribe: (() => void) | null = null;
  readonly #showAgain = (): void => {
    this.run();
  };

  public override onLoad(): void {
    this.#unsubscribe = container.config.live.on(
      ['BOT_ACTIVITY'],
      () => {
        if (container.client.isReady()) showActivity(container.client);
      },
      { name: 'bot activity' },
    );
    container.client.on(Events.ShardResume, this.#showAgain);
    super.onLoad();
  }

  public override onUnload(): void {
    this.#unsubscribe?.();
    container.client.off(Events.ShardResume, this.#showAgain);
    super.onUnload();
  }

  public override run(): void {
    const { client } = container;
    // The first session is ready a moment before the client is.
    if (client.isReady()) showActivity(client);
    else client.once(Events.ClientReady, showActivity);
  }
}

function showActivity(client: Client<true>): void {
  const { config } = container;
  // Everybody can read it, and an operator may paste anything into it.
  const name = config.mask(config.settings.BOT_ACTIVITY);
  client.user.setPresence({
    activities: name === '' ? [] : [{ name, type: ActivityType.Playing }],
  });
}

import { container, Events, Listener } from '@sapphire/framework';
import { ActivityType, type Client } from 'discord.js';

/**
 * Shows BOT_ACTIVITY: at every new session, which begins without one, when it changes, and when a lost connection is
 * back, because discord.js keeps what it could not send until the next new session.
 */
export class ShowActivityListener extends Listener<typeof Events.ShardReady> {
  #unsubscribe: (() => void) | null = null;
  readonly #showAgain = (): void => {
    this.run();
  };

  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.ShardReady });
  }

  public override onLoad(): void {
    this.#unsubscribe = container.config.subscribe(
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
  const { settings, live } = container.config;
  // Everybody can read it, and an operator can paste anything into it.
  const name = live.masker.mask(settings.BOT_ACTIVITY);
  client.user.setPresence({
    activities: name === '' ? [] : [{ name, type: ActivityType.Playing }],
  });
}

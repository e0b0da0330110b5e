import { container, Events, Listener } from '@sapphire/framework';

/** What discord.js warns of. */
export class LogClientWarningListener extends Listener<typeof Events.Warn> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.Warn });
  }

  public override run(message: string): void {
    container.logger.warn(message);
  }
}

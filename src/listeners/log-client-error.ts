import { container, Events, Listener } from '@sapphire/framework';

/** What goes wrong inside discord.js; without a listener it would end the process. */
export class LogClientErrorListener extends Listener<typeof Events.Error> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.Error });
  }

  public override run(error: Error): void {
    container.logger.error(error);
  }
}

import { container, Events, Listener } from '@sapphire/framework';

/** What discord.js says of its workings, which is much: trace level. */
export class LogClientDebugListener extends Listener<typeof Events.Debug> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.Debug });
  }

  public override run(message: string): void {
    container.logger.trace(message);
  }
}

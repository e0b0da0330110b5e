import { container, Events, Listener } from '@sapphire/framework';

/** What goes wrong with a connection to the gateway; discord.js connects again by itself. */
export class LogShardErrorListener extends Listener<typeof Events.ShardError> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.ShardError });
  }

  public override run(error: Error, shard: number): void {
    container.logger.error(`The gateway connection of shard ${String(shard)} failed: ${error.message}`);
  }
}

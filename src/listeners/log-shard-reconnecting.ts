import { container, Events, Listener } from '@sapphire/framework';

/** Tells that a connection to the gateway was lost. */
export class LogShardReconnectingListener extends Listener<typeof Events.ShardReconnecting> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.ShardReconnecting });
  }

  public override run(shard: number): void {
    container.logger.warn(`The gateway connection of shard ${String(shard)} was lost; connecting again`);
  }
}

import { container, Events, Listener } from '@sapphire/framework';

/**
 * Tells once that a connection to the gateway was lost, and once that it is back. In between, discord.js tries again
 * twice a second, for as long as an outage lasts.
 */
export class LogShardReconnectingListener extends Listener<typeof Events.ShardReconnecting> {
  readonly #lost = new Set<number>();
  readonly #resumed = (shard: number, replayed: number): void => {
    this.#back(shard, `${String(replayed)} event(s) replayed`);
  };
  readonly #ready = (shard: number): void => {
    this.#back(shard, 'in a new session: what happened meanwhile was missed');
  };

  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.ShardReconnecting });
  }

  public override onLoad(): void {
    container.client.on(Events.ShardResume, this.#resumed);
    container.client.on(Events.ShardReady, this.#ready);
    super.onLoad();
  }

  public override onUnload(): void {
    container.client.off(Events.ShardResume, this.#resumed);
    container.client.off(Events.ShardReady, this.#ready);
    super.onUnload();
  }

  public override run(shard: number): void {
    if (this.#lost.has(shard)) return;
    this.#lost.add(shard);
    container.logger.warn(`The gateway connection of shard ${String(shard)} was lost; connecting again`);
  }

  #back(shard: number, sequel: string): void {
    if (!this.#lost.delete(shard)) return;
    container.logger.info(`The gateway connection of shard ${String(shard)} is back; ${sequel}`);
  }
}

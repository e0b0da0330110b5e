import { container, Events, Listener } from '@sapphire/framework';

/** Tells that a lost connection is back, and nothing was missed. */
export class LogShardResumeListener extends Listener<typeof Events.ShardResume> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.ShardResume });
  }

  public override run(shard: number, replayed: number): void {
    container.logger.info(
      `The gateway connection of shard ${String(shard)} is back; ${String(replayed)} event(s) replayed`,
    );
  }
}

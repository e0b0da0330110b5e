import { Collection } from '@discordjs/collection';
import {
  type FetchingStrategyOptions,
  type IShardingStrategy,
  managerToFetchingStrategyOptions,
  SimpleContextFetchingStrategy,
  type WebSocketManager,
  WebSocketShard,
  type WebSocketShardDestroyOptions,
  WebSocketShardDestroyRecovery,
  WebSocketShardEvents,
  WebSocketShardStatus,
} from '@discordjs/ws';
import type { GatewaySendPayload } from 'discord.js';

interface RotatableShard {
  readonly shard: WebSocketShard;
  /** What the shard identifies and resumes with. */
  readonly options: FetchingStrategyOptions;
}

/**
 * Runs the shards in this process as discord.js itself would, and can move them to another token of the same bot.
 * discord.js has no way to do that: it copies the token when the shards are made.
 */
export class RotatableShardingStrategy implements IShardingStrategy {
  readonly #shards = new Collection<number, RotatableShard>();

  public constructor(private readonly manager: WebSocketManager) {}

  public async spawn(shardIds: number[]): Promise<void> {
    const common = await managerToFetchingStrategyOptions(this.manager);
    for (const shardId of shardIds) {
      const options = { ...common };
      const shard = new WebSocketShard(new SimpleContextFetchingStrategy(this.manager, options), shardId);
      for (const event of Object.values(WebSocketShardEvents)) {
        // oxlint-disable-next-line typescript/no-unsafe-argument, typescript/no-explicit-any -- the payload belongs to the event, which no type can say of a loop
        shard.on(event, (payload: any) => this.manager.emit(event, { ...payload, shardId }));
      }
      this.#shards.set(shardId, { shard, options });
    }
  }

  public async connect(): Promise<void> {
    await Promise.all(this.#shards.map(({ shard }) => shard.connect()));
  }

  public async destroy(options?: Omit<WebSocketShardDestroyOptions, 'recover'>): Promise<void> {
    await Promise.all(this.#shards.map(({ shard }) => shard.destroy(options)));
    this.#shards.clear();
  }

  public async send(shardId: number, payload: GatewaySendPayload): Promise<void> {
    const found = this.#shards.get(shardId);
    if (found === undefined) throw new RangeError(`There is no shard ${String(shardId)}`);
    await found.shard.send(payload);
  }

  public fetchStatus(): Collection<number, WebSocketShardStatus> {
    return this.#shards.mapValues(({ shard }) => shard.status);
  }

  /**
   * Moves every shard to another token. A connected one resumes its session with it, so that Discord replays
   * whatever happens meanwhile; one whose token was revoked, and which therefore gave up, connects again.
   */
  public async rotate(token: string): Promise<void> {
    await Promise.all(
      this.#shards.map(async ({ shard, options }) => {
        options.token = token;
        if (shard.status === WebSocketShardStatus.Idle) {
          await shard.connect();
        } else {
          await shard.destroy({
            reason: 'The token was rotated',
            recover: WebSocketShardDestroyRecovery.Resume,
          });
        }
      }),
    );
  }
}

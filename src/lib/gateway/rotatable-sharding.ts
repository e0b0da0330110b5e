import { setImmediate } from 'node:timers/promises';

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
  type WebSocketShardStatus,
} from '@discordjs/ws';
import type { GatewaySendPayload } from 'discord.js';

import { isRefusedToken } from './failures.js';

interface RotatableShard {
  readonly shard: WebSocketShard;
  /** What the shard identifies and resumes with. */
  readonly options: FetchingStrategyOptions;
  /** `refused`: the gateway does not know the token, and the shard has given up. */
  state: 'connecting' | 'connected' | 'refused';
  /** The token at the last hello of the gateway: the shard introduced itself with this one or a later one. */
  introducedWith: string;
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
      const rotatable = { shard, options, state: 'connecting', introducedWith: options.token } as const;
      this.#follow(rotatable);
      this.#shards.set(shardId, rotatable);
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
   * whatever happens meanwhile; one whose token was revoked, and which therefore gave up, connects again. One that is
   * about to connect does so with the new token, and is not waited for.
   */
  public async rotate(token: string): Promise<void> {
    await Promise.all(
      this.#shards.map(async (rotatable) => {
        rotatable.options.token = token;
        await this.#move(rotatable);
      }),
    );
  }

  /** Keeps the state of a shard, and moves it on when it has introduced itself with a token that is no longer the one. */
  #follow(rotatable: RotatableShard): void {
    const { shard, options } = rotatable;
    const enter = (state: RotatableShard['state']): void => {
      rotatable.state = state;
      if (state !== 'connecting' && rotatable.introducedWith !== options.token) void this.#move(rotatable);
    };
    shard.on(WebSocketShardEvents.Hello, () => {
      rotatable.introducedWith = options.token;
    });
    for (const event of [WebSocketShardEvents.Ready, WebSocketShardEvents.Resumed] as const) {
      shard.on(event, () => {
        enter('connected');
      });
    }
    shard.on(WebSocketShardEvents.Closed, ({ code }) => {
      enter(isRefusedToken(code) ? 'refused' : 'connecting');
    });
  }

  /** Never touches a shard that connects by itself: a second attempt beside its own would end the process. */
  async #move(rotatable: RotatableShard): Promise<void> {
    const { shard, state } = rotatable;
    rotatable.state = 'connecting';
    if (state === 'connected') {
      await shard.destroy({
        reason: 'The token was rotated',
        recover: WebSocketShardDestroyRecovery.Resume,
      });
    } else if (state === 'refused') {
      // It says that it was closed a moment before it has put everything away.
      await setImmediate();
      await shard.connect();
    }
  }
}

import { Collection } from '@discordjs/collection';
import {
  type IShardingStrategy,
  managerToFetchingStrategyOptions,
  type WebSocketManager,
  type WebSocketShardDestroyOptions,
  WebSocketShardEvents,
  type WebSocketShardStatus,
} from '@discordjs/ws';
import { GatewayDispatchEvents, type GatewaySendPayload } from 'discord.js';

import { RotatableShard, type ShardSurroundings } from './rotatable-shard.js';

/** Events that discord.js handles before it is ready; all others it would queue, and handle outside of any guard. */
const BEFORE_READY: ReadonlySet<string> = new Set([
  GatewayDispatchEvents.Ready,
  GatewayDispatchEvents.Resumed,
  GatewayDispatchEvents.GuildCreate,
  GatewayDispatchEvents.GuildDelete,
  GatewayDispatchEvents.GuildMembersChunk,
  GatewayDispatchEvents.GuildMemberAdd,
  GatewayDispatchEvents.GuildMemberRemove,
]);

/** A session begins with it: the frame, and the event that @discordjs/ws makes of it. */
const READY: ReadonlySet<string> = new Set([GatewayDispatchEvents.Ready, WebSocketShardEvents.Ready]);

const MESSAGE: string = GatewayDispatchEvents.MessageCreate;

/** Events of Discord's are written so, those of @discordjs/ws are not. */
const EVENT = /^[A-Z_]+$/;

/** What a strategy needs besides what its shards do. */
export interface ShardingSurroundings extends ShardSurroundings {
  /** Whether discord.js has everything that it waits for at the start. */
  readonly isReady: () => boolean;
  /** What discord.js does not need to know went wrong. */
  readonly onDebug: (sentence: string) => void;
}

/**
 * Runs the shards in this process as discord.js itself would, moves them to another token of the same bot (discord.js
 * copies the token when the shards are made), and lets no event end the process.
 */
export class RotatableShardingStrategy implements IShardingStrategy {
  readonly #shards = new Collection<number, RotatableShard>();
  /** What arrived before discord.js was ready for it. */
  #held: (() => void)[] = [];

  public constructor(
    private readonly manager: WebSocketManager,
    private readonly around: ShardingSurroundings,
  ) {}

  public async spawn(shardIds: number[]): Promise<void> {
    const common = await managerToFetchingStrategyOptions(this.manager);
    if (!URL.canParse(common.gatewayInformation.url))
      throw new Error('Discord names no gateway to connect to');
    for (const shardId of shardIds) {
      const options = { ...common, token: this.around.keeper.token };
      const rotatable = new RotatableShard(this.manager, shardId, options, this.around);
      for (const event of Object.values(WebSocketShardEvents)) {
        // oxlint-disable-next-line typescript/no-explicit-any -- the payload belongs to the event, which no type can say of a loop
        rotatable.shard.on(event, (payload: any) => {
          // oxlint-disable-next-line typescript/no-unsafe-argument -- see above
          const emit = (): unknown => this.manager.emit(event, { ...payload, shardId });
          this.#forward(event === WebSocketShardEvents.Dispatch ? nameOf(payload) : event, emit, rotatable);
        });
      }
      this.#shards.set(shardId, rotatable);
    }
  }

  public async connect(): Promise<void> {
    await Promise.all(this.#shards.map((shard) => shard.connect()));
  }

  public async destroy(options?: Omit<WebSocketShardDestroyOptions, 'recover'>): Promise<void> {
    await Promise.all(this.#shards.map(({ shard }) => shard.destroy(options)));
    this.#shards.clear();
  }

  /** Never rejects: discord.js does not wait for it, and sends everything that matters again in a new session. */
  public async send(shardId: number, payload: GatewaySendPayload): Promise<void> {
    try {
      await this.#shards.get(shardId)?.shard.send(payload);
    } catch (error) {
      this.around.onDebug(
        `Shard ${String(shardId)} could not send opcode ${String(payload.op)}: ${String(error)}`,
      );
    }
  }

  public fetchStatus(): Collection<number, WebSocketShardStatus> {
    return this.#shards.mapValues(({ shard }) => shard.status);
  }

  /** Moves every shard to another token. Resolves when each has a session with it, or with one that came later. */
  public async rotate(token: string): Promise<void> {
    await Promise.all(this.#shards.map((shard) => shard.rotate(token)));
  }

  /** Makes attempts to connect that are due after a pause now. */
  public hurry(): void {
    for (const shard of this.#shards.values()) shard.hurry();
  }

  /** Hands on what was held back until discord.js was ready. */
  public release(): void {
    const held = this.#held;
    this.#held = [];
    for (const deliver of held) deliver();
  }

  #forward(name: string, emit: () => unknown, rotatable: RotatableShard): void {
    const { guard, keeper, isReady } = this.around;
    const deliver = (): void => {
      // With a refused token nobody could be answered, and no model is to be asked in vain.
      if (name === MESSAGE && keeper.refused) return;
      // Without a READY that could be handled, discord.js would wait for its servers in vain.
      if (!guard.deliver(name, emit) && READY.has(name)) rotatable.renew();
    };
    const mayWait = EVENT.test(name) && !BEFORE_READY.has(name);
    if (mayWait && !isReady()) this.#held.push(deliver);
    else deliver();
  }
}

function nameOf({ data }: { readonly data: { readonly t: string } }): string {
  return data.t;
}

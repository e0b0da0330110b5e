import { setTimeout as sleep } from 'node:timers/promises';

import {
  type FetchingStrategyOptions,
  type WebSocketManager,
  WebSocketShard,
  WebSocketShardDestroyRecovery,
  WebSocketShardEvents,
  WebSocketShardStatus,
} from '@discordjs/ws';
import { GatewayCloseCodes, GatewayIntentBits } from 'discord.js';

import { BackOff } from './back-off.js';
import type { EventGuard } from './event-guard.js';
import { GatewayClosedError, isFinal } from './failures.js';
import { repairFrame } from './frame-repair.js';
import { Pause } from './pause.js';
import { ShardContext } from './shard-context.js';
import type { TokenKeeper } from './token-keeper.js';

/** What the shards of a bot share, and whom they tell. */
export interface ShardSurroundings {
  readonly keeper: TokenKeeper;
  readonly guard: EventGuard;
  readonly ended: AbortSignal;
  /** The connection of a shard is gone, and what comes of that is under way. */
  readonly onLost: (shardId: number, code: number) => void;
  /** An attempt to connect failed in a way that close codes do not tell. */
  readonly onError: (shardId: number, error: Error) => void;
  /** Discord has closed the gateway in a way that no further attempt mends. */
  readonly onClosedForGood: (error: GatewayClosedError) => void;
  /** Discord does not let the bot read messages, and a shard goes on without that. */
  readonly onContentRefused: () => void;
}

/** How often to look whether a shard has put its old connection away, which no event tells. */
const IDLE_POLL_MS = 10;

/** Between two logins that the gateway refuses although the token is good: each counts, and 1,000 a day are allowed. */
const REFUSED_LOGINS = { firstMs: 1000, maxMs: 300_000 };

/** A shard that can move to another token of the same bot, and that no answer of the gateway's stops for nothing. */
export class RotatableShard {
  public readonly shard: WebSocketShard;
  readonly #context: ShardContext;
  readonly #refusals = new BackOff(REFUSED_LOGINS);
  readonly #refusalPause = new Pause();
  #lastCode: number | null = null;
  /** The token at the last hello of the gateway: the shard introduced itself with this one or a later one. */
  #introducedWith: string;
  /** Whether the old connection is being closed, and a new one will follow by itself. */
  #moving = false;
  #onSession: ((error: Error | null) => void)[] = [];

  public constructor(
    manager: WebSocketManager,
    shardId: number,
    private readonly options: FetchingStrategyOptions,
    private readonly around: ShardSurroundings,
  ) {
    this.#introducedWith = options.token;
    this.#context = new ShardContext(manager, options, () => this.shard.status);
    this.shard = new WebSocketShard(this.#context, shardId);
    checkFrames(this.shard, around.guard);
    this.shard.on(WebSocketShardEvents.Hello, () => {
      this.#moving = false;
      this.#lastCode = null;
      this.#introducedWith = options.token;
    });
    for (const event of [WebSocketShardEvents.Ready, WebSocketShardEvents.Resumed] as const)
      this.shard.on(event, () => {
        this.#connected();
      });
    this.shard.on(WebSocketShardEvents.Closed, ({ code }) => {
      this.#lastCode = code;
      void this.#closed(code);
    });
    this.shard.on(WebSocketShardEvents.Error, ({ error }) => {
      // Of a final close, the code says more.
      if (this.#lastCode === null || !isFinal(this.#lastCode)) around.onError(shardId, error);
    });
    around.ended.addEventListener('abort', () => {
      this.hurry();
    });
  }

  /**
   * Connects, and resolves with the first session.
   *
   * @throws {GatewayClosedError} when Discord refuses in a way that trying again does not mend.
   */
  public async connect(): Promise<void> {
    const session = this.#nextSession();
    this.#connect();
    await session;
  }

  /** Moves to another token. Resolves when there is a session with it, or with one that came later. */
  public async rotate(token: string): Promise<void> {
    this.options.token = token;
    if (this.#introducedWith === token && this.shard.status === WebSocketShardStatus.Ready) return;
    const session = this.#nextSession();
    this.hurry();
    this.#move();
    await session;
  }

  /** Makes the next attempt to connect now, if one is due. */
  public hurry(): void {
    this.#context.hurry();
    this.#refusalPause.end();
  }

  /** Gives the session up for a new one. */
  public renew(): void {
    if (this.shard.status === WebSocketShardStatus.Ready && !this.#moving)
      this.#destroy(WebSocketShardDestroyRecovery.Reconnect, 'The session is unusable');
  }

  /** A connected shard resumes its session, so that Discord replays what happens meanwhile; any other connects anyway. */
  #move(): void {
    if (this.shard.status === WebSocketShardStatus.Ready && !this.#moving)
      this.#destroy(WebSocketShardDestroyRecovery.Resume, 'The token was rotated');
  }

  #destroy(recover: WebSocketShardDestroyRecovery, reason: string): void {
    this.#moving = true;
    this.shard.destroy({ reason, recover }).catch((error: unknown) => {
      this.#failed(error);
    });
  }

  #connect(): void {
    // It rejects for every connection that fails, and connects again by itself.
    this.shard.connect().catch(() => undefined);
  }

  /** What discord.js could not go on with; the shard is idle, and nobody else would connect it. */
  #failed(error: unknown): void {
    this.around.guard.complain(`what its library could not handle (${String(error)})`);
    this.#moving = false;
    if (this.shard.status === WebSocketShardStatus.Idle && !this.around.ended.aborted) this.#connect();
  }

  #connected(): void {
    this.#context.connected();
    if (this.#introducedWith !== this.options.token) {
      this.#move();
      return;
    }
    this.#refusals.reset();
    this.#settle(null);
  }

  async #closed(code: number): Promise<void> {
    const { around, options } = this;
    if (around.ended.aborted) return;
    around.onLost(this.shard.id, code);
    if (!isFinal(code)) return;
    const authenticationFailed: number = GatewayCloseCodes.AuthenticationFailed;
    const disallowedIntents: number = GatewayCloseCodes.DisallowedIntents;
    if (code === authenticationFailed) {
      if (options.token === this.#introducedWith) around.keeper.doubt();
      await this.#idle();
      await around.keeper.trusted();
      if (options.token === this.#introducedWith) await this.#refusalPause.for(this.#refusals.next());
    } else if (code === disallowedIntents && (options.intents & GatewayIntentBits.MessageContent) !== 0) {
      options.intents &= ~GatewayIntentBits.MessageContent;
      around.onContentRefused();
      await this.#idle();
    } else {
      const { shards: recommended } = options.gatewayInformation;
      const error = new GatewayClosedError(code, { count: options.shardCount, recommended });
      this.#settle(error);
      around.onClosedForGood(error);
      return;
    }
    if (!around.ended.aborted) this.#connect();
  }

  /** The shard says that it was closed a moment before it can be connected again. */
  async #idle(): Promise<void> {
    while (this.shard.status !== WebSocketShardStatus.Idle && !this.around.ended.aborted)
      await sleep(IDLE_POLL_MS);
  }

  #nextSession(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#onSession.push((error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  #settle(error: Error | null): void {
    const waiting = this.#onSession;
    this.#onSession = [];
    for (const settle of waiting) settle(error);
  }
}

/**
 * Lets a shard see only frames that it can handle. It offers no place for that but the method that reads a frame,
 * whose failure would end the process; hence the pinned version of @discordjs/ws.
 */
function checkFrames(shard: WebSocketShard, guard: EventGuard): void {
  const method = 'unpackMessage';
  const unpack: unknown = Reflect.get(shard, method);
  if (typeof unpack !== 'function') throw new TypeError(`This version of @discordjs/ws has no ${method}`);
  const checked = async (...frame: unknown[]): Promise<unknown> => {
    const { frame: repaired, complaint } = repairFrame(await Reflect.apply(unpack, shard, frame));
    if (complaint !== null) guard.complain(complaint);
    return repaired;
  };
  Reflect.set(shard, method, checked);
}

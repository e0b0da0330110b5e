import {
  type FetchingStrategyOptions,
  type SessionInfo,
  SimpleContextFetchingStrategy,
  type WebSocketManager,
  WebSocketShardStatus,
} from '@discordjs/ws';

import { BackOff } from './back-off.js';
import { Pause } from './pause.js';

/** Between attempts to get a lost connection back, in which people wait for answers. */
const PAUSES = { firstMs: 1000, maxMs: 15_000 };

/**
 * What a shard connects with. discord.js tries twice a second for as long as an outage lasts; here, all attempts but
 * the first wait longer and longer.
 */
export class ShardContext extends SimpleContextFetchingStrategy {
  readonly #backOff = new BackOff(PAUSES);
  readonly #pause = new Pause();
  #attempts = 0;

  public constructor(
    manager: WebSocketManager,
    // What the shard identifies and resumes with, read each time.
    public override readonly options: FetchingStrategyOptions,
    private readonly status: () => WebSocketShardStatus,
  ) {
    super(manager, options);
  }

  /** The shard has a session again. */
  public connected(): void {
    this.#attempts = 0;
    this.#backOff.reset();
  }

  /** Makes the next attempt now, and those after it as if it were the first. */
  public hurry(): void {
    this.#backOff.reset();
    this.#pause.end();
  }

  /** Asked by an idle shard only when it is about to connect. */
  public override async retrieveSessionInfo(shardId: number): Promise<SessionInfo | null> {
    if (this.status() === WebSocketShardStatus.Idle) {
      if (this.#attempts > 0) await this.#pause.for(this.#backOff.next());
      this.#attempts++;
    }
    return super.retrieveSessionInfo(shardId);
  }
}

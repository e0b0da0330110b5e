import type { WebSocketManager } from '@discordjs/ws';
import { Events, type SapphireClient } from '@sapphire/framework';
import type { RESTOptions } from 'discord.js';

import type { BotLogger } from '../log/bot-logger.js';
import { authorizedRequests, type MakeRequest } from './authorized-requests.js';
import { EventGuard } from './event-guard.js';
import type { Ending } from './failures.js';
import { OfflineReport } from './offline-report.js';
import { persistentRequests } from './persistent-requests.js';
import { RotatableShardingStrategy } from './rotatable-sharding.js';
import { commandRegistration, gatewayLookup } from './start-requests.js';
import { tokenCheck } from './token-check.js';
import { TokenKeeper } from './token-keeper.js';

/** How long Discord may take to say whose a token is. */
const CHECK_LIMIT_MS = 5000;

const REVOKED =
  'Discord has revoked the token: the bot can answer nobody. Set DISCORD_TOKEN to a new one from the Bot page of the ' +
  'Discord developer portal; it is taken over without a restart.';

const CONTENT_REFUSED =
  'Discord refused the Message Content intent: slash commands, mentions of the bot and direct messages work; prefix ' +
  'commands in servers do not. Switch on "Message Content Intent" on the Bot page of the Discord developer portal, ' +
  'and restart the bot.';

export interface LinkOptions {
  readonly logger: BotLogger;
  /** The token in effect. */
  readonly token: () => string;
  readonly api: Partial<RESTOptions>;
  /** Aborted when the bot shuts down. */
  readonly ended: AbortSignal;
  /** The gateway was closed for good: the bot can only end. */
  readonly onEnd: (ending: Ending) => void;
}

/** What holds a bot and Discord together: the token, the requests sent with it, and the gateway connections. */
export class DiscordLink {
  public readonly keeper: TokenKeeper;
  public readonly makeRequest: MakeRequest;
  readonly #report: OfflineReport;
  readonly #guard: EventGuard;
  #sharding: RotatableShardingStrategy | null = null;
  #client: SapphireClient | null = null;
  #contentRefused = false;
  readonly #observers = new Set<(news: string) => void>();

  public constructor(private readonly options: LinkOptions) {
    const { logger, token, api, ended } = options;
    this.keeper = new TokenKeeper({
      token,
      check: tokenCheck(api, CHECK_LIMIT_MS),
      ended,
      onRefused: () => {
        // At the start, the bot ends over it, and says so then.
        if (this.#hasBeenReady) logger.error(REVOKED);
        this.#tell(`🔑 ${REVOKED}`);
      },
      onRestored: () => {
        logger.info('Discord accepts the token again');
        this.#tell('🔑 Discord accepts the token again');
      },
    });
    const patient = [gatewayLookup(logger), commandRegistration(logger)];
    this.makeRequest = persistentRequests(patient, { ended }, authorizedRequests(this.keeper));
    this.#guard = new EventGuard({
      first: (sentence) => {
        logger.error(sentence);
      },
      again: (sentence) => {
        logger.debug(sentence);
      },
    });
    this.#report = new OfflineReport({
      ended,
      warn: (sentence) => {
        logger.warn(sentence);
      },
      info: (sentence) => {
        logger.info(sentence);
      },
      long: (sentence) => {
        this.#tell(`📡 ${sentence}`);
      },
    });
  }

  /** Calls `observe` with a sentence for operators about trouble with the token or a long outage, and its end. */
  public observe(observe: (news: string) => void): void {
    this.#observers.add(observe);
  }

  /** The strategy that discord.js runs its shards with. */
  public buildStrategy(manager: WebSocketManager): RotatableShardingStrategy {
    const { logger, ended, onEnd } = this.options;
    this.#sharding = new RotatableShardingStrategy(manager, {
      keeper: this.keeper,
      guard: this.#guard,
      ended,
      isReady: () => this.#client?.isReady() === true,
      onDebug: (sentence) => {
        logger.debug(sentence);
      },
      onLost: (shard, code) => {
        this.#report.lost(shard, code);
      },
      onError: (shard, error) => {
        this.#report.failed(shard, error.message);
      },
      onClosedForGood: ({ ending }) => {
        if (this.#hasBeenReady) onEnd(ending);
      },
      onContentRefused: () => {
        if (!this.#contentRefused) logger.warn(CONTENT_REFUSED);
        this.#contentRefused = true;
      },
    });
    return this.#sharding;
  }

  /** Follows what the client says of its connections. */
  public follow(client: SapphireClient): void {
    this.#client = client;
    client.once(Events.ClientReady, () => {
      // After every other listener of the event, which may set up what the held events need.
      queueMicrotask(() => this.#sharding?.release());
    });
    client.on(Events.ShardResume, (shard, replayed) => {
      this.#report.back(shard, `${String(replayed)} event(s) replayed`);
    });
    client.on(Events.ShardReady, (shard) => {
      this.#report.back(shard, 'in a new session: what happened meanwhile was missed');
    });
  }

  /** Moves everything to another token of the same bot. Resolves when there is a session with it, or with a later one. */
  public async rotate(token: string): Promise<void> {
    this.keeper.replaced();
    await this.#sharding?.rotate(token);
  }

  /** Asks and tries again now what would have been tried after a pause. */
  public hurry(): void {
    this.keeper.askAgain();
    this.#sharding?.hurry();
  }

  #tell(news: string): void {
    for (const observe of this.#observers) observe(news);
  }

  get #hasBeenReady(): boolean {
    return (this.#client?.readyTimestamp ?? null) !== null;
  }
}

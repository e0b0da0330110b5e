import { container, type SapphireClient } from '@sapphire/framework';

import { createBot } from './bot.js';
import { ConfigError, LiveConfig, Masker } from './config/index.js';
import { configurationFrom, environmentFaults, fileFor } from './configuration.js';
import { EXIT_CONFIGURATION, EXIT_FAILURE, EXIT_OK } from './lib/command-line/exit-codes.js';
import { type Ending, explainStartFailure } from './lib/gateway/failures.js';
import { shardPlanOf } from './lib/gateway/shard-plan.js';
import { BotLogger } from './lib/log/bot-logger.js';
import { maskStream } from './lib/log/masked-stream.js';
import type { BotConfig } from './lib/pieces/service.js';

/**
 * How long disconnecting from Discord may take. discord.js waits without bound for a gateway that is between two
 * sessions; a container engine kills after ten seconds.
 */
const DISCONNECT_LIMIT_MS = 3000;

/** What the bot is handed of the process it runs in. */
export interface Host {
  readonly environment: NodeJS.ProcessEnv;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Ends the process at once. */
  exit(code: number): never;
}

/** A bot that is running, or on its way. */
export interface App {
  /** Reads the configuration again and reopens the log; remembered when it is too early for that. */
  hangUp(): void;
  /** Disconnects from Discord and ends the process with 0. */
  shutDown(): void;
  /** Logs, and ends the process with 1. */
  crash(error: unknown): void;
}

/** Starts the bot: configuration, logger, client, in this order. */
export function startApp(host: Host): App {
  const masker = new Masker();
  const mask = (text: string): string => masker.mask(text);
  maskStream(host.stdout, mask);
  maskStream(host.stderr, mask);
  return new BotApp(host, masker);
}

class BotApp implements App {
  readonly #logger: BotLogger;
  /** Resolves when the services are up, which a signal may have to wait for. */
  readonly #ready: Promise<void>;
  readonly #ended = new AbortController();
  #client: SapphireClient | null = null;

  public constructor(
    private readonly host: Host,
    private readonly masker: Masker,
  ) {
    this.#logger = new BotLogger(host, (text) => masker.mask(text));
    let servicesUp!: () => void;
    this.#ready = new Promise((resolve) => {
      servicesUp = resolve;
    });
    void this.#start(servicesUp);
  }

  public hangUp(): void {
    void this.#hangUp();
  }

  public shutDown(): void {
    void this.#shutDown();
  }

  public crash(error: unknown): void {
    try {
      this.#logger.fatal('Unexpected error, shutting down:', error);
    } catch {
      // Thrown on, it would be printed by Node itself, past the masker.
      this.#logger.fatal('Unexpected error that cannot be shown, shutting down');
    }
    this.#exit(EXIT_FAILURE);
  }

  async #hangUp(): Promise<void> {
    await this.#ready;
    container.session.tryAgain();
    await container.config.hangUp();
  }

  async #start(servicesUp: () => void): Promise<void> {
    try {
      const { environment } = this.host;
      const faults = environmentFaults(environment);
      if (faults.length > 0) this.#refuse(faults.map(({ text }) => text));
      // Before the file can have put something there.
      const apiUrl = environment['DISCORD_API_URL'];
      const shardPlan = shardPlanOf(environment);
      const config = await this.#loadConfig();
      this.#logger.configure(config.current.settings);
      this.#logger.jsonl.moveTo(config.current.settings.LOG_JSONL_PATH);
      // discord.js reads these two by itself, its own way, and the file may have put something there.
      for (const key of ['SHARD_COUNT', 'SHARDS']) delete environment[key];
      this.#client = await createBot({
        config,
        logger: this.#logger,
        ...(apiUrl && { apiUrl }),
        shardPlan,
        ended: this.#ended.signal,
        onEnd: (ending) => {
          this.#fail(ending);
        },
      });
      servicesUp();
      // Before there is a session: what keeps the bot from getting one may be in the file.
      container.config.live.watch.start();
      await this.#client.login(config.current.settings.DISCORD_TOKEN);
    } catch (error) {
      if (error instanceof ConfigError) this.#refuse(error.lines, [...error.warnings, ...error.location]);
      this.#fail(explainStartFailure(error));
    }
  }

  #loadConfig(): Promise<BotConfig> {
    const { environment } = this.host;
    return LiveConfig.load({
      ...configurationFrom(environment, fileFor(environment)),
      mirror: environment,
      masker: this.masker,
      watch: {
        start: false,
        pollMs: ({ CONFIG_POLL_INTERVAL_MS }) => CONFIG_POLL_INTERVAL_MS,
        debounceMs: ({ CONFIG_DEBOUNCE_MS }) => CONFIG_DEBOUNCE_MS,
        approval: ({ CONFIG_APPROVAL }) => CONFIG_APPROVAL === 'on',
      },
    });
  }

  /** There is no valid configuration, so there is no log to write to either. */
  #refuse(faults: readonly string[], notes: readonly string[] = []): never {
    const lines = [
      '❌ Cannot start, the configuration is invalid:',
      ...faults.map((fault) => `• ${fault}`),
      ...notes,
      '',
    ];
    this.host.stderr.write(lines.join('\n'));
    this.host.exit(EXIT_CONFIGURATION);
  }

  #fail({ reason, exitCode }: Ending): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#logger.fatal(reason);
    this.#exit(exitCode);
  }

  async #shutDown(): Promise<void> {
    if (this.#ended.signal.aborted) this.#exit(EXIT_FAILURE);
    this.#ended.abort();
    this.#logger.info('Shutting down');
    if (this.#client !== null) {
      container.config.live.watch.stop();
      await container.assistant.shutDown();
    }
    const limit = setTimeout(() => {
      this.#logger.warn('Timed out disconnecting from Discord');
      this.#exit(EXIT_OK);
    }, DISCONNECT_LIMIT_MS);
    if (this.#client !== null) {
      await this.#client.destroy();
      container.memory.close();
      await container.history.close();
      await container.usage.close();
    }
    clearTimeout(limit);
    this.#exit(EXIT_OK);
  }

  #exit(code: number): never {
    this.#logger.jsonl.close();
    this.host.exit(code);
  }
}

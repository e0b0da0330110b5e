import { container, LogLevel, type Piece } from '@sapphire/framework';

import { describeWarning, type Outcome, type Snapshot, Watch, type WatchState } from '../config/index.js';
import { outcomeFields } from '../lib/log/outcome-fields.js';
import { EnvironmentMirror } from '../lib/operations/environment-mirror.js';
import { type BotConfig, Service, type ServiceResources } from '../lib/pieces/service.js';
import { logReport, summary } from '../lib/views/report.js';
import type { Settings } from '../settings.js';

/** What each state of the watched file means to the operator. */
const STATE_SENTENCES: Readonly<Record<WatchState, string>> = {
  watching: 'is there and can be read',
  missing: 'is missing; the current configuration stays in effect until it is back',
  unreadable:
    'cannot be read; the current configuration stays in effect. Remedy: put a file there that the user who runs the bot may read',
  'stale mount':
    'is a stale mount: it was replaced outside the container, and this mount still leads to the old one. ' +
    'Remedy: mount the directory that holds it instead of the file, and restart the container',
};

/**
 * The configuration as the rest of the bot knows it (`container.config`): the engine, plus what happens around a
 * refresh in this bot: the log, `process.env`, the watch.
 */
export class ConfigService extends Service {
  readonly #live: BotConfig;
  readonly #logger: ServiceResources['logger'];
  readonly #mirror: EnvironmentMirror;
  readonly #watch: Watch;

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'config' });
    // Here and not in onLoad: every service is constructed before the first is loaded, in no particular order.
    container.config = this;
    const { config, logger, processEnvironment } = this.store.resources;
    this.#live = config;
    this.#logger = logger;
    this.#mirror = new EnvironmentMirror(processEnvironment, config.environment);
    this.#watch = new Watch({
      config,
      intervalMs: () => this.current.settings.CONFIG_POLL_INTERVAL_MS,
      debounceMs: () => this.current.settings.CONFIG_DEBOUNCE_MS,
      clock: config.clock,
      onState: (state) => {
        this.#reportState(state);
      },
      onError: (error) => {
        logger.error('The watch of the configuration file failed, and goes on:', error);
      },
    });
  }

  public override onLoad(): void {
    this.#reportStart();
    this.#mirror.follow(this.current.entries);
    this.#live.onPublish(
      ({ entries }) => {
        this.#mirror.follow(entries);
      },
      { name: 'process environment' },
    );
    this.#live.onOutcome((outcome) => {
      this.#report(outcome);
    });
    this.#live.subscribe(
      ['LOG_LEVEL', 'DEBUG'],
      ({ current }) => {
        this.#logger.configure(current.settings);
      },
      { name: 'log level' },
    );
    this.#live.subscribe(
      ['LOG_JSONL_PATH'],
      ({ current }) => {
        this.#logger.jsonl.moveTo(current.settings.LOG_JSONL_PATH);
      },
      { name: 'log file' },
    );
    this.#live.subscribe(
      ['CONFIG_POLL_INTERVAL_MS'],
      () => {
        this.#watch.wake();
      },
      { name: 'watch interval' },
    );
  }

  /** The configuration in effect. Hold on to it for as long as one piece of work takes, then ask again. */
  public get current(): Snapshot<Settings> {
    return this.#live.current;
  }

  /** The settings of {@link current}. */
  public get settings(): Settings {
    return this.#live.current.settings;
  }

  /** A text without any secret of the configuration, whatever form it is in. */
  public mask(text: string): string {
    return this.#live.masker.mask(text);
  }

  /** The engine itself, for everything but reading and masking: subscriptions, guards, refreshes, history. */
  public get live(): BotConfig {
    return this.#live;
  }

  /** What the watch sees; `null` while it does not run. */
  public get watchState(): WatchState | null {
    return this.#watch.running ? this.#watch.state : null;
  }

  public startWatch(): void {
    this.#watch.start();
  }

  public stopWatch(): void {
    this.#watch.stop();
  }

  /** Answers a SIGHUP: log rotation first, so that the answer is in the new file; then a refresh. Never throws. */
  public async hangUp(): Promise<void> {
    try {
      this.#logger.jsonl.reopen();
      const outcome = await this.#live.refresh({ trigger: { kind: 'signal' } });
      const fields = { event: 'signal', signal: 'SIGHUP', outcome: outcome.kind };
      this.#logger.event(LogLevel.Info, `SIGHUP acknowledged: ${outcome.kind}`, fields);
    } catch (error) {
      this.#logger.error('SIGHUP could not be answered:', error);
    }
  }

  #reportStart(): void {
    const { file, current, warnings } = this.#live;
    const fromFile = [...current.entries].filter(({ origin }) => origin.kind === 'file').length;
    const keys = fromFile === 1 ? '1 key' : `${String(fromFile)} keys`;
    this.#logger.info(`Configuration loaded: ${keys} from ${file} [version: ${current.version}]`);
    for (const warning of warnings) this.#logger.warn(`⚠️ ${describeWarning(warning)}`);
  }

  #report(outcome: Outcome): void {
    const level = outcome.kind === 'rejected' ? LogLevel.Error : LogLevel.Info;
    this.#logger.event(level, logReport(outcome), outcomeFields(outcome), summary(outcome));
  }

  #reportState(state: WatchState): void {
    const level = state === 'watching' ? LogLevel.Info : LogLevel.Warn;
    const message = `The configuration file ${this.#live.file} ${STATE_SENTENCES[state]}`;
    this.#logger.event(level, message, { event: 'config.watch', state });
  }
}

declare module '@sapphire/framework' {
  interface Container {
    config: ConfigService;
  }
}

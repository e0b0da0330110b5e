import { container, LogLevel, type Piece } from '@sapphire/framework';

import {
  type ConfigEvent,
  describeWarning,
  describeWatchState,
  logReport,
  type Outcome,
  type Preview,
  type Snapshot,
  summary,
  type Trigger,
  type Warning,
  type WatchState,
} from '../config/index.js';
import { heldFields, loadFields, outcomeFields, previewFields } from '../lib/log/outcome-fields.js';
import { type BotConfig, Service, type ServiceResources } from '../lib/pieces/service.js';
import type { Settings } from '../settings.js';

/**
 * The configuration as the rest of the bot knows it (`container.config`): the engine, plus what this bot's log says
 * about it.
 */
export class ConfigService extends Service {
  readonly #live: BotConfig;
  readonly #logger: ServiceResources['logger'];

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'config' });
    // Here and not in onLoad: every service is constructed before the first is loaded, in no particular order.
    container.config = this;
    const { config, logger } = this.store.resources;
    this.#live = config;
    this.#logger = logger;
  }

  public override onLoad(): void {
    this.#reportStart();
    this.#live.observe((event) => {
      this.#report(event);
    });
    this.#live.on(
      ['LOG_LEVEL', 'LOG_FORMAT', 'DEBUG'],
      ({ current }) => {
        this.#logger.configure(current.settings);
      },
      { name: 'log' },
    );
    this.#live.on(
      ['LOG_JSONL_PATH'],
      ({ current }) => {
        this.#logger.jsonl.moveTo(current.settings.LOG_JSONL_PATH);
      },
      { name: 'log file' },
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

  /** What a reload would come to, which the log tells as well. */
  public async preview(trigger: Trigger): Promise<Preview> {
    const preview = await this.#live.preview();
    this.#reportPreview(preview, trigger);
    return preview;
  }

  /** Applies what a preview has shown; what comes to a preview of something else is logged as one. */
  public async applyPreviewed(contentId: string, trigger: Trigger): Promise<Outcome | Preview> {
    const result = await this.#live.refresh(trigger, { onlyIf: contentId });
    if (result.kind === 'preview') this.#reportPreview(result, trigger);
    return result;
  }

  /** Answers a SIGHUP: log rotation first, so that the answer is in the new file; then a refresh. Never throws. */
  public async hangUp(): Promise<void> {
    try {
      this.#logger.jsonl.reopen();
      const outcome = await this.#live.refresh({ kind: 'signal' });
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
    const message = `Configuration loaded: ${keys} from ${file} [version: ${current.version}]`;
    this.#logger.event(LogLevel.Info, message, loadFields(file, current.version, warnings));
    this.#warn(warnings);
  }

  #report(event: ConfigEvent): void {
    switch (event.kind) {
      case 'outcome':
        this.#reportOutcome(event.outcome);
        return;
      case 'held':
        this.#reportHeld(event.preview);
        return;
      case 'watch':
        this.#reportState(event.state);
        return;
      case 'error':
        this.#logger.error('The watch of the configuration file failed, and goes on:', event.error);
    }
  }

  #reportPreview(preview: Preview, trigger: Trigger): void {
    this.#logger.event(LogLevel.Info, logReport(preview), previewFields(preview, trigger), summary(preview));
  }

  #reportHeld(preview: Preview): void {
    const report = `${logReport(preview)}\n⏸️ It waits for approval in REPORT_CHANNEL_ID`;
    this.#logger.event(LogLevel.Info, report, heldFields(preview), summary(preview));
  }

  /** The warnings come first, so that a report ends with how the reload ended. */
  #reportOutcome(outcome: Outcome): void {
    const level = levelOf(outcome);
    if (level !== LogLevel.Debug) this.#warn(outcome.warnings);
    const report = logReport({ ...outcome, warnings: [] });
    this.#logger.event(level, report, outcomeFields(outcome), summary(outcome));
  }

  #warn(warnings: readonly Warning[]): void {
    for (const warning of warnings) {
      const fields = { event: 'config.warning', kind: warning.kind };
      this.#logger.event(LogLevel.Warn, `⚠️ ${describeWarning(warning)}`, fields);
    }
  }

  #reportState(state: WatchState): void {
    const level = state === 'watching' ? LogLevel.Info : LogLevel.Warn;
    this.#logger.event(level, describeWatchState(this.#live.file, state), { event: 'config.watch', state });
  }
}

/** What the watch tries again, and what fails again in the same way, was said before. */
function levelOf(outcome: Outcome): LogLevel {
  if (outcome.kind !== 'rejected') return LogLevel.Info;
  return outcome.repeated && outcome.triggers[0].kind === 'watch' ? LogLevel.Debug : LogLevel.Error;
}

declare module '@sapphire/framework' {
  interface Container {
    config: ConfigService;
  }
}

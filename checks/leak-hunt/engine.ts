import { rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import type { APIEmbed } from 'discord.js';
import { assume } from 'loopback-kit';

import type { Clock } from '../../src/config/clock.js';
import { ConfigError } from '../../src/config/faults/config-error.js';
import { LiveConfig } from '../../src/config/live-config.js';
import type { Outcome } from '../../src/config/outcome.js';
import { nameOf } from '../../src/config/secrets/sensitive.js';
import { outcomeFields } from '../../src/lib/log/outcome-fields.js';
import type { BotConfig } from '../../src/lib/pieces/service.js';
import type { Reply } from '../../src/lib/replies/replies.js';
import { helpReply } from '../../src/lib/views/help-view.js';
import { logReport, replyReport, summary } from '../../src/lib/views/report.js';
import { matchingKeys, settingReply, statusReply } from '../../src/lib/views/status-view.js';
import type { ConfigService } from '../../src/services/config.js';
import { rulesFor, settings } from '../../src/settings.js';
import type { Sinks } from './sinks.js';

/** Far from the dates of files: each has been at rest for ages, and no wait takes time. */
const IMPATIENT: Clock = {
  now: () => 4_000_000_000_000,
  monotonic: () => 0,
  // A subscriber's limit is such a wait; it must not be over before the subscriber has begun.
  sleep: (ms, signal) =>
    signal === undefined || ms < 1000 ? Promise.resolve() : new Promise(() => undefined),
};

/**
 * The engine with this bot's settings, without its process: what it says is taken down as the bot's log and replies
 * would pass it on. `raw` sinks are in front of the masker; what a rejection says may hold nothing even there.
 */
export class Engine {
  private constructor(
    public readonly live: BotConfig,
    private readonly sinks: Sinks,
  ) {}

  /** Calls `use` with an engine that has read this text; a refusal to start is taken down like all else. */
  public static async run(
    { text, sinks, position, environment = {} }: EngineOptions,
    use: (engine: Engine) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const directory = mkdtempSync(join(tmpdir(), 'leak-hunt-'));
    const file = join(directory, '.env');
    writeFileSync(file, text);
    try {
      const live = await LiveConfig.load({
        settings,
        rules: rulesFor(file),
        file,
        environment,
        clock: IMPATIENT,
      });
      await use(new Engine(live, sinks));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      sinks.add('raw exit message', position, error.message);
      sinks.add('raw exit error', position, inspect(error, { depth: 10 }));
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  /** Saves, refreshes, and takes down everything that is said of it. */
  public async refresh(position: string, text: string, dryRun = false): Promise<Outcome> {
    writeFileSync(this.live.file, text);
    const outcome = await this.live.refresh({ trigger: { kind: 'command', who: '1' }, dryRun });
    const said = {
      'log report': logReport(outcome),
      'reply report': replyReport(outcome).join('\n'),
      'JSONL fields': JSON.stringify(outcomeFields(outcome)),
      'JSONL message': summary(outcome),
    };
    for (const [sink, words] of Object.entries(said)) {
      if (outcome.kind === 'rejected') this.sinks.add(`raw ${sink}`, position, words);
      this.#masked(sink, position, words);
    }
    if (outcome.kind === 'rejected')
      this.sinks.add('raw error', position, inspect(outcome.error, { depth: 10 }));
    return outcome;
  }

  /**
   * Takes down the history as a dump of memory and as JSON, with keys as `nameOf` shows them: an outcome keeps the
   * keys themselves, and whatever prints them goes through it.
   */
  public history(position: string): void {
    const json = JSON.stringify(this.live.history, (field, value: unknown) =>
      field === 'key' && typeof value === 'string' ? nameOf(value) : value,
    );
    this.#masked('history', position, json);
    this.#masked('history', position, inspect(JSON.parse(json), { depth: 10, maxStringLength: null }));
  }

  /** Takes down the overview, every key for both audiences, the offered keys and the help. */
  public views(position: string, typed: readonly string[] = []): void {
    const service = assume<ConfigService>({
      live: this.live,
      current: this.live.current,
      settings: this.live.current.settings,
      watchState: 'watching',
    });
    this.#reply('status', position, statusReply(service, 0));
    this.#reply('help', position, helpReply(service));
    for (const key of [...[...this.live.current.entries].map((entry) => entry.key), ...typed]) {
      for (const audience of ['asker', 'channel'] as const) {
        this.#reply(`status of a key (${audience})`, position, settingReply(service, key, audience));
      }
    }
    for (const part of ['', 'A', 'KEY', ...typed.map((each) => each.slice(0, 2))]) {
      this.sinks.add('autocomplete', position, JSON.stringify(matchingKeys(service, part)));
    }
  }

  /** Masked as the bot does it: each text by itself, before anything is cut. */
  #reply(sink: string, position: string, { lines = [], embed }: Reply): void {
    const { title = '', description = '', fields = [] } = embed ?? ({} satisfies APIEmbed);
    const texts = [...lines, title, description, ...fields.map(({ value }) => value)];
    for (const text of texts) this.#masked(sink, position, text);
  }

  #masked(sink: string, position: string, text: string): void {
    this.sinks.add(sink, position, this.live.masker.mask(text));
  }
}

export interface EngineOptions {
  readonly text: string;
  readonly sinks: Sinks;
  readonly position: string;
  readonly environment?: Readonly<Record<string, string>>;
}

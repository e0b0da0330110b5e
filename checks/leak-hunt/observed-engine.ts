import { rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import type { APIEmbed } from 'discord.js';
import { assume } from 'loopback-kit';

import type { Clock } from '../../src/config/clock.js';
import { ConfigError } from '../../src/config/faults/config-error.js';
import { LiveConfig } from '../../src/config/live-config.js';
import type { Outcome, Preview } from '../../src/config/outcome.js';
import { logReport, summary } from '../../src/config/report.js';
import { nameOf } from '../../src/config/secrets/sensitive.js';
import { recordOf } from '../../src/lib/history/reload-record.js';
import { outcomeFields, previewFields } from '../../src/lib/log/outcome-fields.js';
import type { BotConfig } from '../../src/lib/pieces/service.js';
import type { Masking, Reply } from '../../src/lib/replies/reply.js';
import { helpReply } from '../../src/lib/views/help-view.js';
import { appliedNews, heldNews, rejectedNews } from '../../src/lib/views/news-view.js';
import { previewReport, replyReport } from '../../src/lib/views/reload-report.js';
import { matchingKeys, settingReply } from '../../src/lib/views/setting-view.js';
import type { ShownConfig } from '../../src/lib/views/shown-config.js';
import { statusReply } from '../../src/lib/views/status-view.js';
import { rulesFor } from '../../src/rules.js';
import { settings } from '../../src/settings.js';
import { recordCommandLine } from './command-line.js';
import type { Sinks } from './sinks.js';

const COMMAND = { kind: 'command', who: '1' };

/** A clock that is far ahead of the dates of files, so that each has settled long ago, and on which no wait takes time. */
const IMPATIENT: Clock = {
  now: () => 4_000_000_000_000,
  monotonic: () => 0,
  // The time limit of a subscriber is a wait too, and must not expire before the subscriber has started.
  sleep: (ms, signal) =>
    signal === undefined || ms < 1000 ? Promise.resolve() : new Promise(() => undefined),
};

/**
 * The engine with the settings of this bot, but without its process. Its reports are recorded the way that log and
 * replies would pass them on; sinks named `raw` are recorded before masking, where a rejection must not leak either.
 */
export class ObservedEngine {
  private constructor(
    public readonly live: BotConfig,
    private readonly sinks: Sinks,
  ) {}

  /** Calls `use` with an engine that has read this text. If it refuses to start, the error is recorded. */
  public static async run(
    { text, sinks, position, environment = {} }: EngineOptions,
    use: (engine: ObservedEngine) => Promise<void> = () => Promise.resolve(),
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
      await use(new ObservedEngine(live, sinks));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      sinks.add('raw exit message', position, error.message);
      sinks.add('raw exit error', position, inspect(error, { depth: 10 }));
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  /** Saves the file, refreshes, and records every report of it. */
  public async refresh(position: string, text: string): Promise<Outcome> {
    this.#save(text);
    const outcome = await this.live.refresh(COMMAND);
    this.#record(position, outcome, {
      'reply report': replyReport(outcome).join('\n'),
      'JSONL fields': JSON.stringify(outcomeFields(outcome)),
      'report channel': newsOf(outcome, this.live).join('\n'),
    });
    // As it is saved: it does not go through the masker again.
    this.sinks.add('reload history', position, JSON.stringify(recordOf(outcome, this.live.mask)));
    return outcome;
  }

  /** Saves the file, previews it, and records every report of that. */
  public async preview(position: string, text: string): Promise<void> {
    this.#save(text);
    const preview = await this.live.preview();
    this.#record(position, preview, {
      'reply report': previewReport(preview).join('\n'),
      'JSONL fields': JSON.stringify(previewFields(preview, COMMAND)),
      'report channel': (heldNews(preview, this.live).lines ?? []).join('\n'),
    });
  }

  /** Records what the command line says of this text. */
  public commandLine(position: string, text: string, typed: readonly string[] = []): Promise<void> {
    return recordCommandLine(text, typed, { sinks: this.sinks, position, clock: IMPATIENT });
  }

  /** As a new file: file systems make a program wait for the disk when it overwrites one. */
  #save(text: string): void {
    rmSync(this.live.file);
    writeFileSync(this.live.file, text);
  }

  #record(position: string, outcome: Outcome | Preview, replies: Readonly<Record<string, string>>): void {
    const said = { ...replies, 'log report': logReport(outcome), 'JSONL message': summary(outcome) };
    const result = outcome.kind === 'preview' ? outcome.result : outcome;
    for (const [sink, words] of Object.entries(said)) {
      if (result.kind === 'rejected') this.sinks.add(`raw ${sink}`, position, words);
      this.#masked(sink, position, words);
    }
    if (result.kind === 'rejected')
      this.sinks.add('raw error', position, inspect(result.error, { depth: 10 }));
  }

  /**
   * Records the history as JSON and as `inspect` prints it, with keys as `nameOf` shows them: outcomes keep the real
   * keys, and everything that prints keys goes through `nameOf`.
   */
  public history(position: string): void {
    const json = JSON.stringify(this.live.history, (field, value: unknown) =>
      field === 'key' && typeof value === 'string' ? nameOf(value) : value,
    );
    this.#masked('history', position, json);
    this.#masked('history', position, inspect(JSON.parse(json), { depth: 10, maxStringLength: null }));
  }

  /** Records the overview, every key for both audiences, the suggested keys, and the help. */
  public views(position: string, typed: readonly string[] = []): void {
    const shown: ShownConfig = {
      live: assume(this.live),
      mask: (text) => this.live.masker.mask(text),
    };
    this.#reply('status', position, statusReply(shown, { readySince: 0, savedAt: 0 }));
    this.#reply('help', position, helpReply(shown));
    for (const key of [...[...this.live.current.entries].map((entry) => entry.key), ...typed]) {
      for (const audience of ['asker', 'channel'] as const) {
        this.#reply(`status of a key (${audience})`, position, settingReply(shown, key, audience));
      }
    }
    for (const part of ['', 'A', 'KEY', ...typed.map((each) => each.slice(0, 2))]) {
      this.sinks.add('autocomplete', position, JSON.stringify(matchingKeys(shown, part)));
    }
  }

  /** Masked the way the bot does it: text by text, before anything is truncated. */
  #reply(sink: string, position: string, { lines = [], embed }: Reply): void {
    const { title = '', fields = [] } = embed ?? ({} satisfies APIEmbed);
    const texts = [...lines, title, ...fields.map(({ value }) => value)];
    for (const text of texts) this.#masked(sink, position, text);
  }

  #masked(sink: string, position: string, text: string): void {
    this.sinks.add(sink, position, this.live.masker.mask(text));
  }
}

/** What operators read in their channel. */
function newsOf(outcome: Outcome, masking: Masking): string[] {
  return outcome.kind === 'rejected' ? rejectedNews(outcome, masking) : appliedNews(outcome, true, masking);
}

interface EngineOptions {
  readonly text: string;
  readonly sinks: Sinks;
  readonly position: string;
  readonly environment?: Readonly<Record<string, string>>;
}

import { LogLevel } from '@sapphire/framework';
import { Logger } from '@sapphire/plugin-logger';

import type { Settings } from '../../settings.js';
import { JsonLines, type JsonlLevel } from './json-lines.js';
import { JsonlLog } from './jsonl-log.js';

/** The streams of the console. */
export interface LogStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

const JSONL_LEVELS: ReadonlyMap<LogLevel, JsonlLevel> = new Map([
  [LogLevel.Trace, 'trace'],
  [LogLevel.Debug, 'debug'],
  [LogLevel.Info, 'info'],
  [LogLevel.Warn, 'warn'],
  [LogLevel.Error, 'error'],
  [LogLevel.Fatal, 'fatal'],
]);

const LEVELS = new Map([...JSONL_LEVELS].map(([level, name]) => [name, level]));

/** Events that always go into the file, whatever the level. */
const RECORDS: ReadonlySet<unknown> = new Set(['config.load', 'config.reload', 'signal']);

/** The part of the settings that the logger follows. */
type LogSettings = Pick<Settings, 'DEBUG' | 'LOG_FORMAT' | 'LOG_LEVEL'>;

/** The one logger: writes every entry to the console and to the JSONL file, both through the masker. */
export class BotLogger extends Logger {
  public readonly jsonl: JsonlLog;
  readonly #jsonOut: JsonLines;
  readonly #jsonErrors: JsonLines;
  #format: Settings['LOG_FORMAT'] = 'text';

  public constructor(
    streams: LogStreams,
    private readonly mask: (text: string) => string,
  ) {
    super({ stdout: streams.stdout, stderr: streams.stderr, level: LogLevel.Info });
    // Node's console.trace adds a stack of ten lines to each entry.
    this.console.trace = this.console.debug.bind(this.console);
    this.#jsonOut = new JsonLines(mask, (line) => streams.stdout.write(line));
    this.#jsonErrors = new JsonLines(mask, (line) => streams.stderr.write(line));
    this.jsonl = new JsonlLog(mask, (path, reason) => {
      this.warn(`Cannot write the log file ${path} (${reason}); logging to the console only`);
    });
  }

  public override write(level: LogLevel, ...values: readonly unknown[]): void {
    this.event(level, this.preprocess(values), {});
  }

  /** Writes a message whose JSON object carries fields; `short` is the JSON's message where it differs. */
  public event(
    level: LogLevel,
    message: string,
    fields: Readonly<Record<string, unknown>>,
    short: string = message,
  ): void {
    const jsonLevel = JSONL_LEVELS.get(level) ?? 'info';
    if (this.has(level)) {
      if (this.#format === 'text') super.write(level, this.mask(message));
      else (level < LogLevel.Warn ? this.#jsonOut : this.#jsonErrors).write(jsonLevel, short, fields);
    }
    if (this.has(level) || RECORDS.has(fields['event'])) this.jsonl.write(jsonLevel, short, fields);
  }

  /** Applies the log settings. */
  public configure({ LOG_LEVEL, DEBUG, LOG_FORMAT }: LogSettings): void {
    this.#format = LOG_FORMAT;
    const level = LEVELS.get(LOG_LEVEL) ?? LogLevel.Info;
    this.level = DEBUG && level > LogLevel.Debug ? LogLevel.Debug : level;
  }
}

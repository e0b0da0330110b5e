import { LogLevel } from '@sapphire/framework';
import { Logger } from '@sapphire/plugin-logger';

import type { Settings } from '../../settings.js';
import { type JsonlLevel, JsonlLog } from './jsonl-log.js';

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
const RECORDS: ReadonlySet<unknown> = new Set(['config.reload', 'signal']);

/** The one logger: writes every entry to the console and to the JSONL file, both through the masker. */
export class BotLogger extends Logger {
  public readonly jsonl: JsonlLog;

  public constructor(
    streams: LogStreams,
    private readonly mask: (text: string) => string,
  ) {
    super({ stdout: streams.stdout, stderr: streams.stderr, level: LogLevel.Info });
    // Node's console.trace adds a stack of ten lines to each entry.
    this.console.trace = this.console.debug.bind(this.console);
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
    if (this.has(level)) super.write(level, this.mask(message));
    if (this.has(level) || RECORDS.has(fields['event'])) {
      this.jsonl.write(JSONL_LEVELS.get(level) ?? 'info', this.mask(short), fields);
    }
  }

  /** Applies the log settings. */
  public configure({ LOG_LEVEL, DEBUG }: Pick<Settings, 'LOG_LEVEL' | 'DEBUG'>): void {
    const level = LEVELS.get(LOG_LEVEL) ?? LogLevel.Info;
    this.level = DEBUG && level > LogLevel.Debug ? LogLevel.Debug : level;
  }
}

import { constants, openSync } from 'node:fs';
import { dirname } from 'node:path';

import { destination, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';

import { errorCode, maskJson } from '../../config/index.js';
import { makeDirectory } from './make-directory.js';

/** The severities of an entry, as pino and plugin-logger both count them. */
export type JsonlLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

type Destination = ReturnType<typeof destination>;

/** The value of LOG_JSONL_PATH that stands for no file. */
const OFF = 'off';

/** Without O_NONBLOCK, opening a named pipe would block the process until somebody reads from it. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/** How often a full pipe is retried, a tenth of a second apart, before its reader counts as gone. */
const MAX_RETRIES = 10;

/**
 * The log as JSON, one object a line. A path that cannot be written to costs one warning and nothing else; the next
 * reopening tries it again.
 */
export class JsonlLog {
  readonly #pino: PinoLogger;
  #destination: Destination | null = null;
  #path = OFF;
  #retries = 0;

  /** `onFailure` is told why there is no file; `mask` is applied to every text. */
  public constructor(
    private readonly mask: (text: string) => string,
    private readonly onFailure: (path: string, reason: string) => void,
  ) {
    this.#pino = pino(
      {
        level: 'trace',
        base: null,
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      { write: (line: string) => this.#destination?.write(line) },
    );
  }

  /** Writes one line. */
  public write(level: JsonlLevel, message: string, fields: Readonly<Record<string, unknown>>): void {
    if (this.#destination === null) return;
    this.#retries = 0;
    // Before it is serialised: a masked line of JSON may be none any more.
    this.#pino[level](maskJson(fields, this.mask), this.mask(message));
  }

  /** Continues in another file; `off` stops writing. Paths are relative to the working directory. */
  public moveTo(path: string): void {
    this.#path = path;
    this.reopen();
  }

  /** Closes the file and opens its path again, after a log rotation has moved the old file away. */
  public reopen(): void {
    this.#destination?.end();
    this.#destination = null;
    if (this.#path === OFF) return;
    try {
      makeDirectory(dirname(this.#path));
      // Synchronous: a line is in the file when the call returns, and nothing is lost in a crash.
      const opened = destination({
        dest: openSync(this.#path, APPEND),
        sync: true,
        retryEAGAIN: () => ++this.#retries <= MAX_RETRIES,
      });
      opened.on('error', (error: unknown) => {
        this.#fail(opened, error);
      });
      this.#destination = opened;
    } catch (error) {
      this.#fail(this.#destination, error);
    }
  }

  /** Stops writing; what was written is in the file. */
  public close(): void {
    this.#path = OFF;
    this.reopen();
  }

  #fail(failed: Destination | null, error: unknown): void {
    if (failed !== this.#destination) return;
    this.#destination = null;
    failed?.destroy();
    this.onFailure(this.#path, errorCode(error) ?? String(error));
  }
}

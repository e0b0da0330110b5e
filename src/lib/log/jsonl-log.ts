import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';

import { destination } from 'pino';

import { errorCode } from '../../config/index.js';
import { JsonLines, type JsonlLevel } from './json-lines.js';
import { makeDirectory } from './make-directory.js';

type Destination = ReturnType<typeof destination>;

/** The value of LOG_JSONL_PATH that stands for no file. */
const OFF = 'off';

/** Without O_NONBLOCK, opening a named pipe would block the process until somebody reads from it. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/** Log entries name people and files: nobody else on the machine may read them. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

/** How long a file that cannot be written to is left alone. */
const RETRY_MS = 10_000;

const NEWLINE = 0x0a;

/**
 * The log as JSON, one object a line. A path that cannot be written to costs one warning and the entries until it can
 * be: it is tried again every few seconds.
 */
export class JsonlLog {
  readonly #lines: JsonLines;
  #destination: Destination | null = null;
  #path = OFF;
  /** When the file failed, and why; `null` while it works. */
  #failure: { readonly at: number; readonly reason: string } | null = null;

  /** `onFailure` is told why there is no file; `mask` is applied to every text. */
  public constructor(
    mask: (text: string) => string,
    private readonly onFailure: (path: string, reason: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#lines = new JsonLines(mask, (line) => this.#destination?.write(line));
  }

  /** Writes one line. */
  public write(level: JsonlLevel, message: string, fields: Readonly<Record<string, unknown>>): void {
    if (this.#failure !== null && this.now() - this.#failure.at >= RETRY_MS) this.#open();
    if (this.#destination === null) return;
    this.#lines.write(level, message, fields);
    // An error is told while the line is written.
    if (this.#stillOpen()) this.#failure = null;
  }

  /** Continues in another file; `off` stops writing. Paths are relative to the working directory. */
  public moveTo(path: string): void {
    this.#path = path;
    this.#failure = null;
    this.reopen();
  }

  /** Closes the file and opens its path again, after a log rotation has moved the old file away. */
  public reopen(): void {
    this.#destination?.end();
    this.#destination = null;
    if (this.#path !== OFF) this.#open();
  }

  #open(): void {
    try {
      makeDirectory(dirname(this.#path), DIRECTORY_MODE);
      const file = openSync(this.#path, APPEND, FILE_MODE);
      // Synchronous: a line is in the file when the call returns, and nothing is lost in a crash.
      const opened = destination({
        dest: file,
        sync: true,
        // A pipe that nobody empties: each retry would block the bot for a tenth of a second.
        retryEAGAIN: () => false,
      });
      opened.on('error', (error: unknown) => {
        this.#fail(opened, error);
      });
      this.#destination = opened;
      // What a crash or a full disk left of a line must not swallow the next.
      if (endsWithinLine(this.#path, file)) opened.write('\n');
    } catch (error) {
      this.#fail(this.#destination, error);
    }
  }

  /** Stops writing; what was written is in the file. */
  public close(): void {
    this.#path = OFF;
    this.reopen();
  }

  #stillOpen(): boolean {
    return this.#destination !== null;
  }

  #fail(failed: Destination | null, error: unknown): void {
    if (failed !== this.#destination) return;
    this.#destination = null;
    failed?.destroy();
    const reason = errorCode(error) ?? String(error);
    const known = this.#failure?.reason === reason;
    this.#failure = { at: this.now(), reason };
    if (!known) this.onFailure(this.#path, reason);
  }
}

/** Whether the last byte of a file is not the end of a line. */
function endsWithinLine(path: string, file: number): boolean {
  const facts = fstatSync(file);
  if (!facts.isFile() || facts.size === 0) return false;
  const last = Buffer.alloc(1);
  try {
    const reader = openSync(path, 'r');
    try {
      readSync(reader, last, 0, 1, facts.size - 1);
    } finally {
      closeSync(reader);
    }
  } catch {
    // It may be written but not read: an empty line costs nothing.
    return true;
  }
  return last[0] !== NEWLINE;
}

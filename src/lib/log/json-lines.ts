import { hostname } from 'node:os';
import process from 'node:process';

import { pino, stdTimeFunctions } from 'pino';

import { maskJson } from '../../config/index.js';

/** The severities of an entry, as pino and plugin-logger both count them. */
export type JsonlLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Tells the processes of one bot apart where their logs are gathered: the machine or container, and the process in it. */
const BASE = { instance: hostname(), pid: process.pid };

/** Log entries as JSON objects, a line each, with every text masked. */
export class JsonLines {
  readonly #pino;

  /** `write` is called with each line, its line break included. */
  public constructor(
    private readonly mask: (text: string) => string,
    write: (line: string) => void,
  ) {
    this.#pino = pino(
      {
        level: 'trace',
        base: BASE,
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      { write },
    );
  }

  /** Writes one line. */
  public write(level: JsonlLevel, message: string, fields: Readonly<Record<string, unknown>>): void {
    // Before it is serialised: a masked line of JSON may be none any more.
    this.#pino[level](maskJson(fields, this.mask), this.mask(message));
  }
}

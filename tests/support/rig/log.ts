import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One line of the JSONL log. */
export interface LogEntry {
  readonly time: string;
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** The first defined answer of `check`, asked every few milliseconds: for files, which tell nobody that they changed. */
export async function eventually<T>(
  what: string,
  check: () => T | undefined,
  timeoutMs = 10_000,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = check();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`waited ${String(timeoutMs)} ms for ${what}`);
    await sleep(10);
  }
}

/** The lines of a console output, without time and level. */
export function messagesOf(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^\S+ \S+ - [A-Z]+ +- /, ''));
}

/** The objects of a JSONL file; throws when a whole line of it is no JSON. */
export function readJsonl(file: string): LogEntry[] {
  if (!existsSync(file)) return [];
  return (
    readFileSync(file, 'utf8')
      .split('\n')
      // What follows the last line break is still being written.
      .slice(0, -1)
      .map((line): LogEntry => JSON.parse(line))
  );
}

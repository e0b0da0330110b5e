import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { BotProcess } from './bot-process.js';
import type { BotProcessOptions } from './bot-process.js';

export const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

/** The bot as the compiler leaves it, file by file: for tests that replace one of them. */
export const PLAIN_MAIN = path.join(REPOSITORY, 'build/main.js');

/** The bot that is tested: the bundle that ships, or with BOT_BUILD=plain what it is made of. */
export const MAIN = process.env['BOT_BUILD'] === 'plain' ? PLAIN_MAIN : path.join(REPOSITORY, 'dist/main.js');

/** The user "nobody" of every Linux. */
export const NOBODY = 65_534;

export const IS_ROOT = process.getuid?.() === 0;

/** In front of a command line, takes root's privileges away: to root every file is readable, whatever its mode. */
export const AS_NOBODY: readonly string[] = IS_ROOT
  ? ['setpriv', `--reuid=${String(NOBODY)}`, `--regid=${String(NOBODY)}`, '--clear-groups']
  : [];

export interface LaunchOptions extends Partial<BotProcessOptions> {
  readonly cwd: string;
  /** Run as nobody when the caller is root. */
  readonly unprivileged?: boolean;
  /** A file in `cwd` that gets the console output instead of this process. */
  readonly outputFile?: string;
}

/** Starts the built bot. @throws when nothing is built. */
export function launch({
  main = MAIN,
  node = [],
  unprivileged = false,
  outputFile,
  ...options
}: LaunchOptions): BotProcess {
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`);
  const words = [...(unprivileged ? AS_NOBODY : []), process.execPath, ...node, main];
  const command = outputFile === undefined ? words : redirected(words, outputFile);
  const [file = process.execPath, ...args] = command;
  return BotProcess.start({ main, env: {}, command: [file, ...args], ...options });
}

function redirected(words: readonly string[], file: string): string[] {
  return ['sh', '-c', `exec "$@" >'${file}' 2>&1`, 'sh', ...words];
}

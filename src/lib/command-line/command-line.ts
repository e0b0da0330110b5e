import { existsSync, readFileSync } from 'node:fs';

import { type Check, Masker, reasonOf } from '../../config/index.js';
import { type Order, parseOrder, UsageError, type Where } from './arguments.js';
import { check } from './check.js';
import { EXIT_FAILURE, EXIT_OK, EXIT_USAGE } from './exit-codes.js';
import { explain } from './explain.js';
import { health } from './health.js';
import { Output, type Writer } from './output.js';
import { print } from './print.js';
import { USAGE } from './usage.js';

/** What the command line is handed of the program it belongs to. */
export interface Program {
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** Says what the bot would make of its configuration. */
  readonly check: (where: Where, masker: Masker) => Promise<Check<unknown>>;
  /** Keys that are read from the process environment only. */
  readonly environmentOnly: readonly string[];
}

/** Does what the words ask for, and returns the exit code. Never starts the bot, and loads nothing of Discord. */
export async function runCommandLine(words: readonly string[], program: Program): Promise<number> {
  const masker = new Masker();
  const errors = new Output(program.stderr, masker);
  try {
    return await run(parseOrder(words), program, masker);
  } catch (error) {
    if (error instanceof UsageError) {
      errors.lines([error.message, '', USAGE.trimEnd()]);
      return EXIT_USAGE;
    }
    // Thrown on, it would be printed by Node itself, past the masker.
    errors.lines([`Unexpected error: ${reasonOf(error)}`]);
    return EXIT_FAILURE;
  }
}

async function run(order: Order, program: Program, masker: Masker): Promise<number> {
  const output = new Output(program.stdout, masker);
  const errors = new Output(program.stderr, masker);
  switch (order.verb) {
    case 'help':
      output.lines([USAGE.trimEnd()]);
      return EXIT_OK;
    case 'version':
      output.lines([version()]);
      return EXIT_OK;
    case 'check':
      return check(await program.check(order.where, masker), output, order);
    case 'print':
      return print(await program.check(order.where, masker), order, { output, errors });
    case 'health':
      return health(await program.check(order.where, masker), order.path, { output, errors });
    case 'explain':
      return explain(await program.check(order.where, masker), order.key, output, program.environmentOnly);
  }
}

function version(): string {
  // How far up it is depends on whether the program is bundled.
  let file = new URL('package.json', import.meta.url);
  while (!existsSync(file) && file.pathname !== '/package.json') file = new URL('../package.json', file);
  const text = readFileSync(file, 'utf8');
  const { version: found }: { version: string } = JSON.parse(text);
  return found;
}

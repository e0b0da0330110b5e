import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { UsageError, wholeNumber } from '../../tests/support/command-line.js';
import { MAIN } from '../../tests/support/rig/index.js';
import { REPORT_ARGS, type ReportOptions, reportOptions } from '../check.js';

export const USAGE = `npm run torture -- [--seed N] [--rounds N] [--saves N] [--main FILE] [--keep] [--json FILE] [--write-docs] [--from FILE]
Saves the .env of the built bot in every possible way while sending it signals and commands, and checks everything it
does. The seed determines what is done, but not how it interleaves with what the bot does. Timing is checked too, so
keep the machine otherwise idle. For 10,000 saves in 15 minutes: --rounds 350 --saves 30.
  --seed N      repeat the decisions of an earlier run (default: random, and printed)
  --rounds N    number of rounds; everything is checked after each (default: 60)
  --saves N     average number of saves per round (default: 20)
  --main FILE   test this main.js instead of dist/main.js
  --keep        keep the bot's directory
`;

export interface TortureArgs extends ReportOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly saves: number;
  readonly main: string;
  readonly keep: boolean;
}

/** @throws {UsageError | TypeError} on a command line that makes no sense. */
export function readOptions(args: readonly string[], defaultJson: string): TortureArgs {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...REPORT_ARGS,
      seed: { type: 'string', default: String(1 + (Date.now() % 1_000_000_000)) },
      rounds: { type: 'string', default: '60' },
      saves: { type: 'string', default: '20' },
      main: { type: 'string', default: MAIN },
      keep: { type: 'boolean', default: false },
    },
  });
  const { main, keep, from } = values;
  const numbers = {
    seed: wholeNumber(values.seed, '--seed'),
    rounds: wholeNumber(values.rounds, '--rounds'),
    saves: wholeNumber(values.saves, '--saves'),
  };
  if (from === undefined && !existsSync(main)) throw new UsageError(`--main ${main}: no such file`);
  return { ...numbers, main, keep, ...reportOptions(values, defaultJson) };
}

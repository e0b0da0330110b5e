import { parseArgs } from 'node:util';

import { wholeNumber } from '../../tests/support/command-line.js';
import { REPORT_ARGS, type ReportOptions, reportOptions } from '../check.js';

export const USAGE = `npm run leak-hunt -- [--kinds N] [--quotes N] [--crashes N] [--json FILE] [--write-docs] [--from FILE]
Plants secrets wherever one can get into the bot, and searches everything that comes out. The engine on its own always
gets every kind of secret in every position, and every file with a broken quote. Takes two minutes and 2 GB of memory.
  --kinds N     kinds of secrets to put in each position of the running bot's file (default: 4)
  --quotes N    files with a broken quote to give the running bot (default: 60)
  --crashes N   bots to crash (default: 24)
`;

/** One bot for each way to crash. */
const MIN_CRASHES = 4;

export interface HuntArgs extends ReportOptions {
  readonly kinds: number;
  readonly quotes: number;
  readonly crashes: number;
}

/** @throws {UsageError | TypeError} on a command line that makes no sense. */
export function readOptions(args: readonly string[], defaultJson: string): HuntArgs {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...REPORT_ARGS,
      kinds: { type: 'string', default: '4' },
      quotes: { type: 'string', default: '60' },
      crashes: { type: 'string', default: '24' },
    },
  });
  const numbers = {
    kinds: wholeNumber(values.kinds, '--kinds'),
    quotes: wholeNumber(values.quotes, '--quotes'),
    crashes: wholeNumber(values.crashes, '--crashes', MIN_CRASHES),
  };
  return { ...numbers, ...reportOptions(values, defaultJson) };
}

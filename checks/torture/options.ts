import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { makeWritable, UsageError, wholeNumber } from '../../tests/support/command-line.js';
import { MAIN } from './victim.js';

export const USAGE = `npm run torture -- [--seed N] [--rounds N] [--saves N] [--json FILE] [--write-docs] [--from FILE] [--main FILE] [--keep]
  --seed N      decides what is done; by default another one each time, which is printed
  --rounds N    how often everything is checked (default: 60)
  --saves N     saves a round, on average (default: 20)
  --json FILE   where the report goes (default: torture-results.json in the temporary directory)
  --write-docs  renders docs/torture.md, and puts the report next to it
  --from FILE   tortures nothing: takes the report from this file
  --main FILE   tortures this main.js instead of dist/main.js
  --keep        keeps the directory that the bot ran in
The same seed makes the same decisions; how they fall between the steps of the bot is left to the machine. The time of
each save is judged too, so let nothing else keep the machine busy. 10,000 saves: --rounds 350 --saves 30, 15 minutes.
Ends with 1 when there is a violation, with 2 when the words above were not understood.
`;

export interface Options {
  readonly seed: number;
  readonly rounds: number;
  readonly saves: number;
  readonly json: string;
  readonly writeDocs: boolean;
  readonly from: string | null;
  readonly main: string;
  readonly keep: boolean;
}

/** @throws {UsageError | TypeError} for what makes no sense. `defaults` are what is not on the command line. */
export function readOptions(
  words: readonly string[],
  defaults: { readonly seed: number; readonly json: string },
): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seed: { type: 'string', default: String(defaults.seed) },
      rounds: { type: 'string', default: '60' },
      saves: { type: 'string', default: '20' },
      json: { type: 'string', default: defaults.json },
      'write-docs': { type: 'boolean', default: false },
      from: { type: 'string' },
      main: { type: 'string', default: MAIN },
      keep: { type: 'boolean', default: false },
    },
  });
  const { json, main, keep, from = null } = values;
  const numbers = {
    seed: wholeNumber(values.seed, '--seed'),
    rounds: wholeNumber(values.rounds, '--rounds'),
    saves: wholeNumber(values.saves, '--saves'),
  };
  if (from === null) {
    if (!existsSync(main)) throw new UsageError(`--main ${main}: no such file`);
    makeWritable(json, '--json');
  }
  return { ...numbers, json, writeDocs: values['write-docs'], from, main, keep };
}

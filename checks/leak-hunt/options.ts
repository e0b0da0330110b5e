import { parseArgs } from 'node:util';

import { makeWritable, wholeNumber } from '../../tests/support/command-line.js';

export const USAGE = `npm run leak-hunt -- [--kinds N] [--quotes N] [--crashes N] [--json FILE] [--write-docs] [--from FILE]
  --kinds N     kinds of secrets that the real process gets in each position of its file (default: 4)
  --quotes N    files with a broken quote that the real process gets (default: 60)
  --crashes N   processes that die of what somebody threw (default: 24)
  --json FILE   where the report goes (default: leak-hunt-results.json in the temporary directory)
  --write-docs  renders docs/leak-hunt.md, and puts the report next to it
  --from FILE   hunts nothing: takes the report from this file
The engine without its process always gets every kind in every position, and every file with a broken quote. Takes two
minutes and 2 GB of memory. Ends with 1 when there is a leak, or when something that was to be provoked did not show;
with 2 when the words above were not understood.
`;

export interface Options {
  readonly kinds: number;
  readonly quotes: number;
  readonly crashes: number;
  readonly json: string;
  readonly writeDocs: boolean;
  readonly from: string | null;
}

/** @throws {UsageError | TypeError} for what makes no sense. */
export function readOptions(words: readonly string[], defaultJson: string): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      kinds: { type: 'string', default: '4' },
      quotes: { type: 'string', default: '60' },
      crashes: { type: 'string', default: '24' },
      json: { type: 'string', default: defaultJson },
      'write-docs': { type: 'boolean', default: false },
      from: { type: 'string' },
    },
  });
  const { json, from = null } = values;
  const numbers = {
    kinds: wholeNumber(values.kinds, '--kinds'),
    quotes: wholeNumber(values.quotes, '--quotes'),
    // Less, and one of the ways to die would be missing.
    crashes: wholeNumber(values.crashes, '--crashes', 4),
  };
  if (from === null) makeWritable(json, '--json');
  return { ...numbers, json, writeDocs: values['write-docs'], from };
}

// `npm run torture -- [--seed N] [--rounds N] [--saves N] [--json FILE] [--main FILE] [--keep]`: chaos around the built bot.
// The same seed makes the same decisions; how they fall between the steps of the bot is left to the machine. 10,000
// saves: --rounds 335 --saves 30, about 14 minutes.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { renderReport } from './report.js';
import { torture } from './run.js';

/** Longer than a run takes, so that even a bot that hangs ends. */
const LIMIT_MS = 3 * 3_600_000;
const TELL_EVERY_ROUNDS = 10;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    rounds: { type: 'string', default: '60' },
    saves: { type: 'string', default: '20' },
    json: { type: 'string' },
    main: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});

/** A whole number above 0 from the command line. */
function count(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new RangeError(`--${name}: expected a whole number above 0`);
  return number;
}

const seed = values.seed === undefined ? 1 + (Date.now() % 1_000_000_000) : count(values.seed, 'seed');
const rounds = count(values.rounds, 'rounds');
const saves = count(values.saves, 'saves');

process.stdout.write(`Torture: --seed ${String(seed)} --rounds ${String(rounds)} --saves ${String(saves)}\n`);
setTimeout(() => {
  process.stderr.write('The torture took too long, ending.\n');
  process.exit(1);
}, LIMIT_MS).unref();

const report = await torture({
  seed,
  rounds,
  saves,
  ...(values.keep && {
    onKept: (directory) => void process.stdout.write(`The bot ran in ${directory}\n`),
  }),
  ...(values.main !== undefined && { main: values.main }),
  onRound: (round, { violations }) => {
    if (round % TELL_EVERY_ROUNDS === 0)
      process.stdout.write(`round ${String(round)}: ${String(violations.length)} violations\n`);
  },
});
process.stdout.write(`\n${renderReport(report)}\n`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.violations.length > 0 ? 1 : 0;

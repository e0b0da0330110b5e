import type { Check } from '../check.js';
import { readOptions, type TortureArgs, USAGE } from './options.js';
import { renderPage } from './page.js';
import { isReport, renderText, type TortureReport } from './report.js';
import { torture } from './run.js';

/** Longer than any run takes: not even a hung bot keeps the program alive. */
const LIMIT_MS = 3 * 3_600_000;
const PROGRESS_EVERY_ROUNDS = 10;

/** `npm run torture`. */
export const tortureCheck: Check<TortureReport, TortureArgs> = {
  name: 'torture',
  usage: USAGE,
  readOptions,
  run,
  isReport,
  renderText,
  renderPage,
  passed: ({ violations }) => violations.length === 0,
};

async function run({ seed, rounds, saves, main, keep }: TortureArgs): Promise<TortureReport> {
  process.stdout.write(
    `Torture: --seed ${String(seed)} --rounds ${String(rounds)} --saves ${String(saves)}\n`,
  );
  setTimeout(() => {
    process.stderr.write('The torture took too long; giving up.\n');
    process.exit(1);
  }, LIMIT_MS).unref();
  const report = await torture({
    seed,
    rounds,
    saves,
    main,
    strictTiming: true,
    ...(keep && { onKept: (directory) => void process.stdout.write(`The bot ran in ${directory}\n`) }),
    onRound: (round, { violations }) => {
      if (round % PROGRESS_EVERY_ROUNDS === 0)
        process.stdout.write(`round ${String(round)}: ${String(violations.length)} violations\n`);
    },
  });
  process.stdout.write('\n');
  return report;
}

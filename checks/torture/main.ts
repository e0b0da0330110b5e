import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { readJson, runProgram, UsageError, writeJson } from '../../tests/support/command-line.js';
import { type Options, readOptions, USAGE } from './options.js';
import { writePage } from './page.js';
import { isReport, renderReport, type TortureReport } from './report.js';
import { torture } from './run.js';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));

/** Longer than a run takes, so that even a bot that hangs ends. */
const LIMIT_MS = 3 * 3_600_000;
const TELL_EVERY_ROUNDS = 10;

await runProgram(USAGE, async (words) => {
  const options = readOptions(words, {
    seed: 1 + (Date.now() % 1_000_000_000),
    json: path.join(tmpdir(), 'torture-results.json'),
  });
  const report = options.from === null ? await run(options) : reportIn(options.from);
  process.stdout.write(`${renderReport(report)}\n`);
  if (options.writeDocs) process.stdout.write(`\nPage: ${writePage(report, DOCS)}\n`);
  if (options.from === null) process.stdout.write(`\nReport: ${options.json}\n`);
  process.exitCode = report.violations.length > 0 ? 1 : 0;
});

async function run({ seed, rounds, saves, json, main, keep }: Options): Promise<TortureReport> {
  process.stdout.write(
    `Torture: --seed ${String(seed)} --rounds ${String(rounds)} --saves ${String(saves)}\n`,
  );
  setTimeout(() => {
    process.stderr.write('The torture took too long, ending.\n');
    process.exit(1);
  }, LIMIT_MS).unref();
  const report = await torture({
    seed,
    rounds,
    saves,
    main,
    punctual: true,
    ...(keep && {
      onKept: (directory) => void process.stdout.write(`The bot ran in ${directory}\n`),
    }),
    onRound: (round, { violations }) => {
      if (round % TELL_EVERY_ROUNDS === 0)
        process.stdout.write(`round ${String(round)}: ${String(violations.length)} violations\n`);
    },
  });
  process.stdout.write('\n');
  writeJson(json, report);
  return report;
}

function reportIn(file: string): TortureReport {
  const report = readJson(file, '--from');
  if (!isReport(report)) throw new UsageError(`--from ${file}: not the report of a torture`);
  return report;
}

import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { readJson, runProgram, UsageError, writeJson } from '../../tests/support/command-line.js';
import { hunt } from './hunt.js';
import { type Options, readOptions, USAGE } from './options.js';
import { writePage } from './page.js';
import { type HuntReport, isClean, isReport, reportText } from './report.js';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));

await runProgram(USAGE, async (words) => {
  const options = readOptions(words, path.join(tmpdir(), 'leak-hunt-results.json'));
  const report = options.from === null ? await run(options) : reportIn(options.from);
  process.stdout.write(reportText(report));
  if (options.writeDocs) process.stdout.write(`\nPage: ${writePage(report, DOCS)}\n`);
  if (options.from === null) process.stdout.write(`\nReport: ${options.json}\n`);
  process.exitCode = isClean(report) ? 0 : 1;
});

/** Everything that is searched is kept until the end, and a piece of every secret in every form besides. */
async function run({ kinds, quotes, crashes, json }: Options): Promise<HuntReport> {
  const report = await hunt({ kinds, brokenQuotes: quotes, crashes });
  writeJson(json, report);
  return report;
}

function reportIn(file: string): HuntReport {
  const report = readJson(file, '--from');
  if (!isReport(report)) throw new UsageError(`--from ${file}: not the report of a leak hunt`);
  return report;
}

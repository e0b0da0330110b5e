import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { makeWritable, readJson, runProgram, UsageError, writeJson } from '../tests/support/command-line.js';

const DOCS = fileURLToPath(new URL('../docs', import.meta.url));

/** The options that every check has. */
export interface ReportOptions {
  readonly json: string;
  readonly writeDocs: boolean;
  /** A report to render, so that nothing is run. */
  readonly from: string | null;
}

/** The same options, for `parseArgs`. */
export const REPORT_ARGS = {
  json: { type: 'string' },
  'write-docs': { type: 'boolean', default: false },
  from: { type: 'string' },
} as const;

/** A program that runs for minutes and ends in a report. */
export interface Check<Report, Options extends ReportOptions = ReportOptions> {
  /** Of its npm script, its page and its results. */
  readonly name: string;
  /** Its command line, up to the options that every check has. */
  readonly usage: string;
  /** @throws {UsageError | TypeError} on a command line that makes no sense. */
  readonly readOptions: (args: readonly string[], defaultJson: string) => Options;
  readonly run: (options: Options) => Promise<Report>;
  readonly isReport: (value: unknown) => value is Report;
  /** The report for a terminal. */
  readonly renderText: (report: Report) => string;
  /** The report as Markdown. */
  readonly renderPage: (report: Report) => string;
  readonly passed: (report: Report) => boolean;
}

/** Runs a check, or renders an earlier report. Exits with 0 if it passed, 1 if it failed, 2 on a usage error. */
export async function runCheck<Report, Options extends ReportOptions>(
  check: Check<Report, Options>,
): Promise<void> {
  await runProgram(`${check.usage}${reportUsage(check.name)}`, async (args) => {
    const options = check.readOptions(args, path.join(tmpdir(), `${check.name}-results.json`));
    const { from, json, writeDocs } = options;
    const report = from === null ? await check.run(options) : readReport(from, check);
    if (from === null) writeJson(json, report);
    process.stdout.write(`${check.renderText(report)}\n`);
    if (writeDocs) process.stdout.write(`\nPage: ${writePage(check, report)}\n`);
    if (from === null) process.stdout.write(`\nReport: ${json}\n`);
    process.exitCode = check.passed(report) ? 0 : 1;
  });
}

/** Completes the options of a check. @throws {UsageError} if the report could not be written at the end. */
export function reportOptions(args: ParsedReportArgs, defaultJson: string): ReportOptions {
  const { json = defaultJson, from, 'write-docs': writeDocs } = args;
  if (from === undefined) makeWritable(json, '--json');
  return { json, writeDocs, from: from ?? null };
}

interface ParsedReportArgs {
  readonly json?: string | undefined;
  readonly from?: string | undefined;
  readonly 'write-docs': boolean;
}

/** Writes the page, and the report that it is rendered from beside it; returns the path of the page. */
export function writePage<Report>(
  { name, renderPage }: Pick<Check<Report>, 'name' | 'renderPage'>,
  report: Report,
  docs = DOCS,
): string {
  mkdirSync(path.join(docs, name), { recursive: true });
  writeJson(path.join(docs, name, 'results.json'), report);
  const page = path.join(docs, `${name}.md`);
  writeFileSync(page, renderPage(report));
  return page;
}

function readReport<Report>(
  file: string,
  { name, isReport }: Pick<Check<Report>, 'isReport' | 'name'>,
): Report {
  const report = readJson(file, '--from');
  if (!isReport(report)) throw new UsageError(`--from ${file}: not a ${name} report`);
  return report;
}

function reportUsage(name: string): string {
  return `  --json FILE   write the report to this file (default: ${name}-results.json in the temporary directory)
  --write-docs  update docs/${name}.md and the report beside it
  --from FILE   run nothing; render the report in this file
Exits with 0 if the check passed, 1 if it failed, 2 on a usage error.
`;
}

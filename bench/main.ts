import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { assume } from 'loopback-kit';

import { readOptions, USAGE } from './options.js';
import { chartsOf } from './render/charts.js';
import { renderPage } from './render/page.js';
import { renderSummary } from './render/summary.js';
import type { Results } from './results.js';

const DOCS = fileURLToPath(new URL('../docs', import.meta.url));

/** Measures, prints a short table, and writes the results, and the page if asked to. */
async function main(): Promise<void> {
  const { scope, json, writeDocs, from } = readOptions(
    process.argv.slice(2),
    path.join(tmpdir(), 'bench-results.json'),
  );
  let results: Results;
  if (from === null) {
    // Only now: a page can be rendered without a build.
    const { run } = await import('./run.js');
    results = await run(scope, (what) => process.stderr.write(`measuring: ${what}\n`));
  } else {
    // Whoever names a file means one that this program wrote.
    results = assume<Results>(JSON.parse(readFileSync(from, 'utf8')));
  }
  const text = `${JSON.stringify(results, null, 2)}\n`;
  if (from === null) writeFileSync(json, text);
  if (writeDocs) writePage(results, text);
  process.stdout.write(`${renderSummary(results)}\n`);
  if (from === null) process.stdout.write(`\nResults: ${json}\n`);
}

function writePage(results: Results, text: string): void {
  const attachments = path.join(DOCS, 'benchmarks');
  mkdirSync(attachments, { recursive: true });
  writeFileSync(path.join(attachments, 'results.json'), text);
  for (const [name, svg] of Object.entries(chartsOf(results)))
    writeFileSync(path.join(attachments, name), svg);
  writeFileSync(path.join(DOCS, 'benchmarks.md'), renderPage(results));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof TypeError && 'code' in error)) throw error;
  process.stderr.write(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}

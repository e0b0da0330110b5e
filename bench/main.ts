import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { assume } from 'loopback-kit';

import { makeWritable, readJson, runProgram, writeJson } from '../tests/support/command-line.js';
import { type Options, readOptions, USAGE } from './options.js';
import { missingPeers } from './peers/installed.js';
import { chartsOf } from './render/charts.js';
import { renderPage } from './render/page.js';
import { renderSummary } from './render/summary.js';
import type { Results } from './results.js';

const DOCS = fileURLToPath(new URL('../docs', import.meta.url));

await runProgram(USAGE, async (words) => {
  const options = readOptions(words, path.join(tmpdir(), 'bench-results.json'));
  const results = options.from === null ? await measure(options) : readResults(options.from);
  if (results === undefined) return;
  if (options.writeDocs) writePage(results);
  process.stdout.write(`${renderSummary(results)}\n`);
  if (options.from === null) process.stdout.write(`\nResults: ${options.json}\n`);
});

async function measure({ scope, json }: Options): Promise<Results | undefined> {
  const missing = missingPeers();
  if (missing.length > 0) {
    process.stderr.write(
      `Not installed: ${missing.join(', ')}. Run this first:\n\n  npm ci --prefix bench\n`,
    );
    process.exitCode = 1;
    return undefined;
  }
  makeWritable(json, '--json');
  // Imports what has just been found to be installed, and the built bot; neither is needed to render a page.
  const { run } = await import('./run.js');
  const results = await run(scope, (what) => process.stderr.write(`measuring: ${what}\n`));
  writeJson(json, results);
  return results;
}

function readResults(file: string): Results {
  // A file named here is one that this program wrote.
  return assume<Results>(readJson(file, '--from'));
}

function writePage(results: Results): void {
  const attachments = path.join(DOCS, 'benchmarks');
  mkdirSync(attachments, { recursive: true });
  writeJson(path.join(attachments, 'results.json'), results);
  for (const [name, svg] of Object.entries(chartsOf(results)))
    writeFileSync(path.join(attachments, name), svg);
  writeFileSync(path.join(DOCS, 'benchmarks.md'), renderPage(results));
}

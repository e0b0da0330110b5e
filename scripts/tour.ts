// `npm run docs:tour`: runs the tour and writes it into docs/tour.md, and its second step into the README.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { isSameTour, renderTour } from './tour-transcript.js';

/** The step that shows the most in the fewest lines: an edit, and nothing else, is picked up. */
const README_STEP = 2;

const file = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const { stdout, status } = spawnSync(file('node_modules/.bin/tsx'), [file('sandbox/main.ts')], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (status !== 0) throw new Error(`the tour failed:\n${stdout}`);

for (const [path, step] of [['README.md', README_STEP], ['docs/tour.md']] as const) {
  const page = readFileSync(file(path), 'utf8');
  const rendered = renderTour(page, stdout, step);
  // Every run has other times and versions: those alone are no reason to write.
  if (isSameTour(page, rendered)) continue;
  writeFileSync(file(path), rendered);
}

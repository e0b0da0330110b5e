import { statSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

import { DEFAULT_LIMITS } from '../../src/config/limits.js';
import type { AcceptedOutcome } from '../../src/config/outcome.js';
import type * as WatchModule from '../../src/config/read/watch.js';
import type * as ReportModule from '../../src/config/report.js';
import type * as DiffModule from '../../src/config/snapshot/diff.js';
import type * as VersionModule from '../../src/config/snapshot/version.js';
import type * as StepsModule from '../../src/config/steps.js';
import type { Part } from '../results.js';
import { compare } from '../timing/compare.js';
import { aheadClock, type BenchConfig, load, refresh } from './bench-config.js';
import { built } from './built.js';
import { envText } from './env-text.js';

const { Watch } = await built<typeof WatchModule>('config/read/watch.js');
const { diff } = await built<typeof DiffModule>('config/snapshot/diff.js');
const { atOnce } = await built<typeof StepsModule>('config/steps.js');
const { versionOf } = await built<typeof VersionModule>('config/snapshot/version.js');
const { logReport } = await built<typeof ReportModule>('config/report.js');

const POLLS = 200;

/** What a bot does between two saves, and the steps that a refresh adds to reading the file. */
export async function measureParts(directory: string, budgetMs: number): Promise<Part[]> {
  const parts: Part[] = [];
  for (const keys of [50, 10_000]) {
    const file = path.join(directory, `parts-${String(keys)}.env`);
    writeFileSync(file, envText({ keys, edit: 0, generation: 0 }));
    const config = await load(file);
    parts.push(await quietPart(config, keys, budgetMs));
    parts.push(await changePart(config, keys, budgetMs));
  }
  return parts;
}

async function quietPart(config: BenchConfig, keys: number, budgetMs: number): Promise<Part> {
  const comparison = await compare({
    contenders: [
      {
        name: 'one stat of the file',
        run: () => times(POLLS, () => statSync(config.file, { bigint: true })),
        operations: POLLS,
      },
      { name: 'one stat through the thread pool', run: () => stats(config.file), operations: POLLS },
      { name: 'a tick of the watch', run: () => ticks(config), operations: POLLS },
      { name: 'an unchanged refresh', run: () => refresh(config, 'unchanged') },
    ],
    budgetMs,
  });
  return { title: `Nothing changed, ${keys.toLocaleString('en')} keys`, comparison };
}

async function changePart(config: BenchConfig, keys: number, budgetMs: number): Promise<Part> {
  const before = config.current.entries;
  const changed = await saveAndRefresh(config, { keys, edit: 1, generation: 0 });
  const one = config.current.entries;
  const everything = await saveAndRefresh(config, { keys, edit: 2, generation: 1 });
  const all = config.current.entries;
  const mask = (text: string): string => config.masker.mask(text);
  const comparison = await compare({
    contenders: [
      { name: 'diff, one value changed', run: () => atOnce(diff(before, one, mask)) },
      { name: 'diff, every value changed', run: () => atOnce(diff(one, all, mask)) },
      { name: 'version', run: () => versionOf(one) },
      { name: 'report, one value changed', run: () => logReport(changed) },
      { name: 'report, every value changed', run: () => logReport(everything) },
    ],
    budgetMs,
  });
  return { title: `Steps of a refresh, ${keys.toLocaleString('en')} keys`, comparison };
}

async function saveAndRefresh(
  config: BenchConfig,
  text: Parameters<typeof envText>[0],
): Promise<AcceptedOutcome> {
  writeFileSync(config.file, envText(text));
  const outcome = await config.refresh({ kind: 'signal' });
  if (outcome.kind === 'rejected') throw outcome.error;
  return outcome;
}

/** Runs a watch without an interval for a fixed number of ticks. */
async function ticks(config: BenchConfig): Promise<void> {
  let looks = 0;
  await new Promise<void>((resolve) => {
    const watch = new Watch({
      config,
      pollMs: () => 0,
      limits: DEFAULT_LIMITS,
      debounceMs: () => 0,
      clock: {
        ...aheadClock,
        sleep: async () => {
          looks++;
          if (looks < POLLS) return;
          watch.stop();
          resolve();
        },
      },
      onState: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
    watch.start();
  });
}

async function stats(file: string): Promise<void> {
  for (let look = 0; look < POLLS; look++) await stat(file, { bigint: true });
}

function times(count: number, run: () => unknown): void {
  for (let turn = 0; turn < count; turn++) run();
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { thisMachine } from '../tests/support/machine.js';
import { heapInProcess } from './engine/heap-process.js';
import { measureMasking } from './engine/masking.js';
import { measureParts } from './engine/parts.js';
import { measureReads } from './engine/reads.js';
import { measurePeers, measureRefresh } from './engine/refresh.js';
import { exponentsOf } from './growth.js';
import { type Options, SCALES } from './options.js';
import { measuredVersions } from './peers/installed.js';
import { measureIdle } from './process/idle.js';
import { measureScrape } from './process/scrape.js';
import { measureSignal } from './process/signal.js';
import { measureSlash } from './process/slash.js';
import { measureStarts } from './process/start.js';
import { measureWatch } from './process/watch.js';
import type { Results } from './results.js';

/** Measures everything, one thing after the other. `say` is told what is being measured. */
export async function run(scope: Options['scope'], say: (what: string) => void): Promise<Results> {
  const scale = SCALES[scope];
  const machine = thisMachine();
  const date = new Date().toISOString();
  const started = performance.now();
  const directory = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    say('reading settings');
    const reads = await measureReads(directory, scale.partMs);
    say('refreshing from disk');
    const refresh = await measureRefresh(directory, scale.refreshMs);
    say('other loaders');
    const peers = await measurePeers(directory, scale.peerMs);
    say('parts of a refresh');
    const parts = await measureParts(directory, scale.partMs);
    say('masking');
    const masking = await measureMasking(scale.partMs);
    say('heap');
    const heap = await heapInProcess(scale.heapRefreshes);
    say('starts');
    const { startMs, memoryMiB } = await measureStarts(scale.starts);
    say('SIGHUP');
    const signal = await measureSignal(scale.signals);
    say('slash commands');
    const slash = await measureSlash(scale.slashes);
    say('scrapes');
    const scrape = await measureScrape(scale.slashes);
    say('idle bots');
    const idleSeconds = await measureIdle(scale.idleMs, scale.idlePairs);
    say('saves noticed by the watch');
    const watch = await measureWatch(scale.saves, scale.savingBots);
    return {
      date,
      scope,
      seconds: (performance.now() - started) / 1000,
      machine,
      versions: measuredVersions(),
      refresh,
      peers,
      exponents: exponentsOf(refresh),
      parts,
      masking,
      reads,
      heap,
      process: {
        signal: signal.outside,
        signalInside: signal.inside,
        watch,
        slash: slash.ours,
        slashBare: slash.bare,
        scrape,
        startMs,
        memoryMiB,
        idleSeconds,
        idleMeasuredMs: scale.idleMs,
      },
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

import type { Pairing } from '../results.js';
import { spreadOf } from '../timing/statistics.js';
import { MeasuredBot, type Kind } from './measured-bot.js';

/** How long after its start the memory of a bot is looked at. */
const SETTLE_MS = 1000;

/** Start → ready, and resident memory a second later, of both bots in turn, each with the processor to itself. */
export async function measureStarts(starts: number): Promise<{ startMs: Pairing; memoryMiB: Pairing }> {
  const ready: Record<Kind, number[]> = { ours: [], bare: [] };
  const memory: Record<Kind, number[]> = { ours: [], bare: [] };
  // The first of each warms the caches of the file system.
  for (let turn = -1; turn < starts; turn++) {
    const order: readonly Kind[] = turn % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours'];
    for (const kind of order) {
      const { bot, readyMs } = await MeasuredBot.start(kind);
      await sleep(SETTLE_MS);
      const residentMiB = bot.residentMiB();
      await bot.stop();
      if (turn < 0) continue;
      ready[kind].push(readyMs);
      memory[kind].push(residentMiB);
    }
  }
  return { startMs: pairingOf(ready.ours, ready.bare), memoryMiB: pairingOf(memory.ours, memory.bare) };
}

/** Two series of the same measurements, and the ratios of those that were made together. */
export function pairingOf(ours: readonly number[], bare: readonly number[]): Pairing {
  return {
    ours: spreadOf(ours),
    bare: spreadOf(bare),
    ratio: spreadOf(ours.map((value, index) => value / (bare[index] ?? Number.NaN))),
  };
}

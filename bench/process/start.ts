import { setTimeout as sleep } from 'node:timers/promises';

import type { Pairing } from '../results.js';
import { pairingOf } from '../timing/pairing.js';
import { MeasuredBot, type Kind } from './measured-bot.js';

/** How long after its start a bot's memory is read. */
const SETTLE_MS = 1000;

/** Start → ready, and resident memory a second later. The bots take turns, so that each has the processor to itself. */
export async function measureStarts(starts: number): Promise<{ startMs: Pairing; memoryMiB: Pairing }> {
  const ready: Record<Kind, number[]> = { ours: [], bare: [] };
  const memory: Record<Kind, number[]> = { ours: [], bare: [] };
  // The first start of each warms the file system's caches.
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

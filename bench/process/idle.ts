import { setTimeout as sleep } from 'node:timers/promises';

import type { Pairing } from '../results.js';
import { pairingOf } from '../timing/pairing.js';
import { MeasuredBot } from './measured-bot.js';

const HOUR_MS = 3_600_000;
/** The compiler and the garbage collector stay busy for a while after the start. */
const SETTLE_MS = 10_000;

/** Processor seconds per idle hour, scaled up from a shorter time; several bots of each kind. */
export async function measureIdle(measuredMs: number, pairs: number): Promise<Pairing> {
  const bots: Record<'ours' | 'bare', MeasuredBot[]> = { ours: [], bare: [] };
  try {
    for (let pair = 0; pair < pairs; pair++) {
      bots.ours.push((await MeasuredBot.start('ours')).bot);
      bots.bare.push((await MeasuredBot.start('bare')).bot);
    }
    await sleep(Math.min(SETTLE_MS, measuredMs));
    const all = [...bots.ours, ...bots.bare];
    const before = new Map(all.map((bot) => [bot, bot.processorMs()]));
    const start = performance.now();
    await sleep(measuredMs);
    const elapsed = performance.now() - start;
    const anHour = (bot: MeasuredBot): number =>
      (((bot.processorMs() - (before.get(bot) ?? 0)) / elapsed) * HOUR_MS) / 1000;
    return pairingOf(bots.ours.map(anHour), bots.bare.map(anHour));
  } finally {
    await Promise.all([...bots.ours, ...bots.bare].map((bot) => bot.stop()));
  }
}

import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Latency, latencyOf } from '../timing/statistics.js';
import { type MeasuredBot, operatorsFile, withBot } from './measured-bot.js';

const DEFAULT_POLL_MS = 5000;
const TIMEOUT_MS = 20_000;

/**
 * Save → applied by the watch, with the default settings. Saves come at random moments between two polls. Several bots
 * run in parallel, since nearly all of the time is spent waiting.
 */
export async function measureWatch(samples: number, bots: number): Promise<Latency> {
  const perBot = Math.ceil(samples / bots);
  // Each bot adds a listener that kills it when this process exits: that many are no leak.
  process.setMaxListeners(process.getMaxListeners() + bots);
  const times = await Promise.all(
    Array.from({ length: bots }, () => withBot('ours', {}, (bot) => savesOf(bot, perBot))),
  );
  return latencyOf(times.flat());
}

async function savesOf({ rig: { file, process: bot } }: MeasuredBot, samples: number): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < samples; turn++) {
    await sleep(Math.random() * DEFAULT_POLL_MS);
    const since = bot.mark();
    const start = performance.now();
    writeFileSync(file, operatorsFile({ MAX_USER_MEMORY: String(30 + turn) }));
    await bot.waitForOutput('Configuration reload complete', { since, timeoutMs: TIMEOUT_MS });
    times.push(performance.now() - start);
  }
  return times;
}

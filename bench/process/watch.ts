import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Latency, latencyOf } from '../timing/statistics.js';
import { type MeasuredBot, operatorsFile, withBot } from './measured-bot.js';

const DEFAULT_POLL_MS = 5000;
const TIMEOUT_MS = 20_000;

/**
 * Save → applied by the watch, with the settings that a bot has when nobody sets any. Saves come at random moments
 * between two looks; several bots wait at once, since nearly all of the time is waiting.
 */
export async function measureWatch(samples: number, bots: number): Promise<Latency> {
  const perBot = Math.ceil(samples / bots);
  // Each bot is to be killed at the exit of this process: so many listeners are no leak.
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

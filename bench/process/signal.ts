import { readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ASLEEP } from '../../tests/support/rig/index.js';
import { type Latency, latencyOf } from '../timing/statistics.js';
import { operatorsFile, withBot } from './measured-bot.js';

/** Longer than a file has to hold still before its bytes count. */
const AT_REST_MS = 2500;
const WARM_UP = 20;

/**
 * SIGHUP → the printed outcome. `.env` is a symbolic link that alternates between two files that have long been at
 * rest, so that this does not measure the wait for that.
 */
export function measureSignal(samples: number): Promise<{ outside: Latency; inside: Latency }> {
  return withBot('ours', ASLEEP, async ({ rig: { directory, file, process: bot } }) => {
    const targets = ['20', '30'].map((value, index) => {
      const target = path.join(directory, `${String(index)}.env`);
      writeFileSync(target, operatorsFile({ MAX_USER_MEMORY: value }));
      return target;
    });
    await sleep(AT_REST_MS);
    const times: number[] = [];
    for (let turn = 0; turn < samples + WARM_UP; turn++) {
      const link = path.join(directory, 'next.env');
      symlinkSync(targets[(turn + 1) % 2] ?? '', link);
      renameSync(link, file);
      const since = bot.mark();
      const printed = bot.waitForOutput('Configuration reload complete', { since });
      const start = performance.now();
      bot.signal('SIGHUP');
      await printed;
      times.push(performance.now() - start);
      await bot.waitForOutput('SIGHUP acknowledged', { since });
    }
    const log = readFileSync(path.join(directory, 'logs/bot.jsonl'), 'utf8');
    const durations = [...log.matchAll(/"trigger":"signal".*?"durationMs":([\d.]+)/g)].map((match) =>
      Number(match[1]),
    );
    return { outside: latencyOf(times.slice(WARM_UP)), inside: latencyOf(durations.slice(WARM_UP)) };
  });
}

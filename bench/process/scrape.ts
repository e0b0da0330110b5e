import { Monitor } from '../../tests/support/monitoring.js';
import { freePort } from '../../tests/support/ports.js';
import { ASLEEP } from '../../tests/support/rig/index.js';
import { type Latency, latencyOf } from '../timing/statistics.js';
import { withBot } from './measured-bot.js';

const WARM_UP = 10;

/** A monitor asks → it has every metric of the running bot. */
export async function measureScrape(samples: number): Promise<Latency> {
  const monitor = new Monitor(await freePort());
  return withBot('ours', { ...ASLEEP, HTTP_LISTEN: String(monitor.port) }, async () => {
    const times: number[] = [];
    for (let scrape = 0; scrape < samples + WARM_UP; scrape++) {
      const started = performance.now();
      await monitor.scrape();
      times.push(performance.now() - started);
    }
    return latencyOf(times.slice(WARM_UP));
  });
}

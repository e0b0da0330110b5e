import prometheus from 'prom-client';

import { Instruments } from '../../src/lib/metrics/instruments.js';

/** Instruments, and what a scrape of them says: the value of every series, by its name with its labels. */
export function measured(): {
  readonly instruments: Instruments;
  readonly scrape: () => Promise<Record<string, number>>;
} {
  const registry = new prometheus.Registry();
  return {
    instruments: new Instruments(prometheus, registry),
    scrape: async () => seriesIn(await registry.metrics()),
  };
}

/** The values in Prometheus's text format. */
export function seriesIn(text: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

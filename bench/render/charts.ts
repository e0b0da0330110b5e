import { MODES, MODE_NAMES, REFRESH, type Results } from '../results.js';
import { timingOf } from '../timing/compare.js';
import { duration, figure } from './numbers.js';
import { type Axis, barChart, lineChart } from './svg.js';

const KEYS: Axis = { label: 'keys in the file', scale: 'log', print: (value) => value.toLocaleString('en') };

/** File name → SVG, of every chart of the page. */
export function chartsOf(results: Results): Readonly<Record<string, string>> {
  const names = [
    ...new Set(results.peers.flatMap(({ comparison }) => comparison.timings.map(({ name }) => name))),
  ];
  return {
    'refresh.svg': lineChart({
      title: 'From the file on disk to a configuration, one value changed',
      x: KEYS,
      y: { label: 'median time', scale: 'log', print: duration },
      series: names.map((name) => ({
        name,
        points: results.peers.flatMap(({ keys, comparison }) => {
          const timing = timingOf(comparison, name);
          return timing === undefined ? [] : [{ x: keys, y: timing.us.median }];
        }),
      })),
    }),
    'ratio.svg': lineChart({
      title: 'A refresh in multiples of the floor (target: 3)',
      x: KEYS,
      y: { label: 'times the floor', scale: 'linear', print: figure },
      series: MODES.map((mode) => ({
        name: MODE_NAMES[mode],
        points: results.refresh
          .filter((row) => row.mode === mode)
          .map(({ keys, comparison }) => ({
            x: keys,
            y: timingOf(comparison, REFRESH)?.ratio.median ?? 0,
          })),
      })),
    }),
    'latency.svg': barChart({
      title: 'Latency of the running bot, in milliseconds',
      print: (ms) => `${figure(ms)} ms`,
      limit: 10,
      bars: [
        { name: 'SIGHUP → applied, p50', value: results.process.signal.p50 },
        { name: 'SIGHUP → applied, p99', value: results.process.signal.p99 },
        { name: 'slash → acknowledged, p50', value: results.process.slash.p50 },
        { name: 'slash → acknowledged, p99', value: results.process.slash.p99 },
        { name: 'the same of a bare bot, p50', value: results.process.slashBare.p50 },
        { name: 'the same of a bare bot, p99', value: results.process.slashBare.p99 },
      ],
    }),
    'heap.svg': lineChart({
      title: 'Heap in use after a full collection',
      x: { label: 'refreshes', scale: 'linear', print: (value) => Math.round(value).toLocaleString('en') },
      y: { label: 'MiB', scale: 'linear', print: figure },
      series: [
        {
          name: 'heap',
          points: results.heap.points.map(({ x, y }) => ({ x, y: y / 1024 ** 2 })),
        },
      ],
    }),
  };
}

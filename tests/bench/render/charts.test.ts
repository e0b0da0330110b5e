import { expect, it } from 'vitest';

import { chartsOf } from '../../../bench/render/charts.js';
import { comparisonOf, published } from '../sample.js';

it('draws one line per loader, with gaps where one was too slow', () => {
  const peers = [
    { keys: 10, comparison: comparisonOf({ floor: 1, slow: 5 }) },
    { keys: 1000, comparison: comparisonOf({ floor: 100 }) },
  ];
  const svg = chartsOf({ ...published, peers })['refresh.svg'] ?? '';
  expect(svg.match(/>(floor|slow)<\/text>/g)).toHaveLength(2);
  expect(svg.match(/<circle/g)).toHaveLength(3);
});

it('shows the latency of both bots against the target', () => {
  const svg = chartsOf(published)['latency.svg'] ?? '';
  expect(svg).toContain('SIGHUP → applied, p99');
  expect(svg).toContain('the same of a bare bot, p99');
  expect(svg).toContain('target 10.0 ms');
});

it('shows the heap in MiB', () => {
  const heap = {
    ...published.heap,
    points: [
      { x: 0, y: 0 },
      { x: 10, y: 8 * 1024 ** 2 },
    ],
  };
  expect(chartsOf({ ...published, heap })['heap.svg']).toContain('>8.00</text>');
});

import { expect, it } from 'vitest';

import { summarySentences } from '../../../bench/render/sentences.js';
import { FLOOR, REFRESH } from '../../../bench/results.js';
import { comparisonOf, published } from '../sample.js';

it('sums a run up by latency, the usual refresh and the targets', () => {
  const process = {
    ...published.process,
    signal: { p50: 1, p99: 2, least: 1, most: 3, samples: 9 },
    slash: { p50: 4, p99: 5, least: 4, most: 6, samples: 9 },
  };
  const refresh = [
    { keys: 50, mode: 'one' as const, bytes: 1, comparison: comparisonOf({ [FLOOR]: 10, [REFRESH]: 20 }) },
  ];
  const sentences = summarySentences({ ...published, process, refresh });
  expect(sentences).toContain('1.00 ms after SIGHUP');
  expect(sentences).toContain('a slash command in 4.00 ms');
  expect(sentences).toContain('takes 20.0 µs, 2.00 times as long');
  expect(sentences).toMatch(/\d+ of 14 targets are met in this run/);
});

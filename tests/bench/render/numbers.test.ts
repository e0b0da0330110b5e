import { expect, it } from 'vitest';

import { duration, figure, latencyCells, spread } from '../../../bench/render/numbers.js';

it.each([
  [0, '0.00'],
  [0.001234, '0.0012'],
  [0.1234, '0.12'],
  [12.34, '12.3'],
  [123.4, '123'],
  [12_345.6, '12,346'],
  [-4.256, '-4.26'],
  [Number.NaN, '–'],
])('figure prints %d as %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

it.each([
  [0.0123, '12.3 ns'],
  [1, '1.00 µs'],
  [999, '999 µs'],
  [1500, '1.50 ms'],
])('duration prints %d µs as %s', (us, text) => {
  expect(duration(us)).toBe(text);
});

it('a spread and a latency show all their figures', () => {
  expect(spread({ median: 2, p25: 1, p75: 3, samples: 9 })).toBe('2.00 (1.00–3.00)');
  expect(latencyCells({ p50: 2, p99: 3, least: 1, most: 4, samples: 9 })).toEqual([
    '2.00',
    '3.00',
    '1.00',
    '4.00',
    '9',
  ]);
});

import { expect, it } from 'vitest';

import { comparisonTable, peerTable, targetRow } from '../../../bench/render/tables.js';
import { comparisonOf, published } from '../sample.js';

it('a target shows its limit, what was measured and the verdict', () => {
  const target = { id: 'x', what: 'Start', limit: 10, measured: 12, sense: 'at most', unit: 'ms' } as const;
  expect(targetRow(target)).toEqual(['Start', '≤ 10.0 ms', '12.0 ms', 'no']);
  expect(targetRow({ ...target, sense: 'at least', unit: '×' })).toEqual([
    'Start',
    '≥ 10.0×',
    '12.0×',
    'yes',
  ]);
});

it('loaders have one row each, and a note where they were too slow', () => {
  const peers = [
    { keys: 10, comparison: comparisonOf({ floor: 1, slow: 5 }) },
    { keys: 1000, comparison: { ...comparisonOf({ floor: 100 }), tooSlow: [{ name: 'slow', ms: 1234 }] } },
  ];
  expect(peerTable({ ...published, peers }).split('\n')).toEqual([
    '|  | 10 keys | 1,000 keys |',
    '| --- | ---: | ---: |',
    '| floor | 1.00 µs, 1.00× | 100 µs, 1.00× |',
    '| slow | 5.00 µs, 5.00× | left out (1,234 ms) |',
  ]);
});

it('a comparison shows ratios only where they mean something', () => {
  const comparison = comparisonOf({ one: 1, two: 2 });
  expect(comparisonTable(comparison)).toContain('| 2.00 (2.00–2.00) |');
  expect(comparisonTable(comparison, false)).not.toContain('2.00 (');
});

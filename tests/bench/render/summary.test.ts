import { expect, it } from 'vitest';

import { columns, renderSummary } from '../../../bench/render/summary.js';
import { published } from '../sample.js';

it('aligns columns, without trailing space', () => {
  expect(
    columns([
      ['a', 'bb'],
      ['ccc', 'd'],
    ]),
  ).toEqual(['a    bb', 'ccc  d']);
});

it('shows every refresh and every target in the terminal', () => {
  const summary = renderSummary(published);
  expect(summary).toMatch(/^1,000 +one value changed +\S+ µs +\S+ µs +\S+×$/m);
  expect(summary).toMatch(/^SIGHUP → applied, p99 +≤ 10\.0 ms +\S+ ms +yes$/m);
});

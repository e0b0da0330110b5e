import { expect, it } from 'vitest';

import type { Report } from '../../../src/lib/reports/report.js';
import { summed } from '../../../src/lib/reports/summed.js';

function reload(text: string, short = 'applied'): Report {
  return { kind: 'reload', reply: { lines: [text] }, short };
}

const NEWS: Report = { kind: 'news', reply: { lines: ['news'] }, short: '' };

it('three reloads are told one by one', () => {
  expect(summed([reload('a'), NEWS, reload('b'), reload('c')]).lines).toEqual([
    'a',
    '',
    'news',
    '',
    'b',
    '',
    'c',
  ]);
});

it('of more, each kind is counted, and the last is told whole; other news are never left out', () => {
  const reports = [reload('a'), reload('b'), NEWS, reload('c', 'rejected'), reload('d')];
  expect(summed(reports).lines).toEqual([
    'news',
    '',
    '🔁 **4 reloads in a short time**: 3 applied, 1 rejected. The last one:',
    'd',
  ]);
});

import { expect, it } from 'vitest';

import { excesses } from '../../../checks/torture/resource-audit.js';
import { REPORT } from './sample-report.js';

it('tolerates new connections and compiled code, but not one more open file', () => {
  const [before] = REPORT.resources;
  if (before === undefined) throw new Error('no sample');
  expect(excesses(before, { ...before, sockets: 6, residentBytes: 300e6 })).toEqual([]);
  expect(excesses(before, { ...before, files: 21 })).toEqual(['files: 20 before, 21 after']);
  expect(excesses(before, { ...before, heapBytes: 50e6 })).toHaveLength(1);
});

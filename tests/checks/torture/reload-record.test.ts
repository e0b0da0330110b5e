import { expect, it } from 'vitest';

import { reloadRecord } from '../../../checks/torture/reload-record.js';

const LINE = {
  time: '2026-11-24T05:00:00.000Z',
  event: 'config.reload',
  trigger: 'watch',
  outcome: 'applied',
  previousVersion: 'a',
  version: 'b',
  durationMs: 1.5,
  subscriberFailures: ['one'],
};

it('reads a refresh from a line of the log', () => {
  expect(reloadRecord(JSON.stringify(LINE))).toEqual({
    at: Date.parse(LINE.time),
    outcome: 'applied',
    trigger: 'watch',
    dryRun: false,
    previousVersion: 'a',
    version: 'b',
    durationMs: 1.5,
    faults: [],
    failures: 1,
  });
});

it('ignores other lines, and refuses a refresh with an unknown outcome', () => {
  expect(reloadRecord(JSON.stringify({ ...LINE, event: 'signal' }))).toBeNull();
  expect(() => reloadRecord(JSON.stringify({ ...LINE, outcome: 'half' }))).toThrow(/unknown outcome/);
});

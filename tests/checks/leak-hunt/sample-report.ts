import type { HuntReport } from '../../../checks/leak-hunt/report.js';

/** A clean report, for tests to vary. */
export const REPORT: HuntReport = {
  date: '2026-11-24T09:41:12.345Z',
  machine: { cpu: 'A processor', cores: 2, memoryGiB: 8, node: 'v20.20.2', os: 'Linux', loadBefore: 0.12 },
  kinds: ['bot token', 'JWT'],
  positions: ['declared secret', 'comment'],
  sinks: ['stdout', 'stderr', 'JSONL log'],
  forms: ['raw', 'hex'],
  canaries: 2000,
  patterns: 2_345_678,
  brokenFiles: { files: 11_000, rejected: 5000 },
  bytesSearched: 200_000_000,
  leaks: [],
  unseen: [],
  selfTest: { shown: 1200, missed: [] },
  seconds: 100,
};

/** The same hunt, gone wrong in every way. */
export const BAD_REPORT: HuntReport = {
  ...REPORT,
  leaks: [
    {
      sink: 'stdout',
      position: 'comment',
      planted: 'comment',
      kind: 'JWT',
      form: 'hex',
      context: 'it is <JWT>',
    },
  ],
  unseen: ['odd'],
  selfTest: { shown: 1, missed: ['JWT: raw'] },
};

import type { TortureReport } from '../../../checks/torture/report.js';

/** A report without violations, for tests to vary. */
export const REPORT: TortureReport = {
  date: '2026-11-24T09:41:12.345Z',
  machine: { cpu: 'A processor', cores: 2, memoryGiB: 8, node: 'v20.20.2', os: 'Linux', loadBefore: 0.12 },
  seed: 7,
  rounds: 350,
  savesPerRound: 30,
  seconds: 900.4,
  runsAs: 'nobody, started by root',
  saves: 10_432,
  savesPerMinute: 695,
  savesByKind: { rename: 5000, 'in place': 5432 },
  contents: { valid: 6000, torn: 4432 },
  signals: 3210,
  commands: { slash: 400, prefix: 300 },
  answers: { accepted: 500, rejected: 200 },
  faults: { '429': 11, 'connection dropped': 7 },
  drops: 7,
  outcomes: { applied: 900 },
  seen: { 'last saves applied': 250 },
  convergenceByWatch: { rounds: 120, medianMs: 700, worstMs: 1234 },
  convergenceByTrigger: { rounds: 130, medianMs: 500, worstMs: 999 },
  late: 0,
  slowPauses: 0,
  resources: [
    {
      round: 0,
      files: 20,
      sockets: 4,
      timers: 2,
      otherHandles: 1,
      heapBytes: 32 * 2 ** 20,
      residentBytes: 130 * 2 ** 20,
    },
  ],
  violations: [],
};

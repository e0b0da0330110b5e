import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { renderPage, writePage } from '../../../checks/torture/page.js';
import { isReport, renderReport, type TortureReport } from '../../../checks/torture/report.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const DOCS = path.join(import.meta.dirname, '../../../docs');
const COMMITTED = path.join(DOCS, 'torture/results.json');

const HELD = {
  sockets: 4,
  timers: 2,
  otherHandles: 1,
  heapBytes: 32 * 2 ** 20,
  residentBytes: 130 * 2 ** 20,
};

const REPORT: TortureReport = {
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
  holdings: [{ round: 0, files: 20, ...HELD }],
  violations: [],
};

describe('the page of the torture', () => {
  it('tells what the issue asks for: rounds, saves, signals, commands, drops, violations, worst time', () => {
    const page = renderPage(REPORT);
    for (const row of [
      '| rounds | 350 |',
      '| saves | 10,432 |',
      '| signals | 3,210 |',
      '| commands answered | 700 |',
      '| connections dropped or sessions lost | 7 |',
      '| **violations** | **0** |',
      '| **worst time to convergence** | **1,234 ms** |',
      '| date | 2026-11-24 09:41 UTC |',
    ])
      expect(page).toContain(row);
    expect(page).toContain('npm run torture -- --seed 7 --rounds 350 --saves 30');
    expect(page).toContain('## Violations\n\nNone.');
  });

  it('tells of every violation, with its round', () => {
    const violations = [{ round: 12, what: 'it went\nwrong | badly', actions: [] }];
    expect(renderPage({ ...REPORT, violations })).toContain('- round 12: it went wrong | badly');
    expect(renderReport({ ...REPORT, violations })).toContain('❌ round 12: it went\nwrong | badly');
  });

  it('stands beside its report, from which it can be rendered again', () => {
    const docs = temporaryDirectory();
    const page = writePage(REPORT, docs);
    expect(page).toBe(path.join(docs, 'torture.md'));
    const report: unknown = JSON.parse(readFileSync(path.join(docs, 'torture/results.json'), 'utf8'));
    expect(isReport(report) && renderPage(report)).toBe(readFileSync(page, 'utf8'));
  });

  it('is told from other JSON', () => {
    expect([null, 7, {}, { savesByKind: {} }].map(isReport)).toEqual([false, false, false, false]);
  });

  it.skipIf(!existsSync(COMMITTED))(
    'is committed with 10,000 saves, no violation, and unchanged by hand',
    () => {
      const report: unknown = JSON.parse(readFileSync(COMMITTED, 'utf8'));
      if (!isReport(report)) throw new Error('not a report');
      expect(report.violations).toEqual([]);
      expect(report.saves).toBeGreaterThanOrEqual(10_000);
      expect(readFileSync(path.join(DOCS, 'torture.md'), 'utf8')).toBe(renderPage(report));
    },
  );
});

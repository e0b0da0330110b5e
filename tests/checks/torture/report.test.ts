import { describe, expect, it } from 'vitest';

import { Ledger } from '../../../checks/torture/ledger.js';
import { isReport, renderText, reportOf } from '../../../checks/torture/report.js';
import { REPORT } from './sample-report.js';

describe('the report of the torture', () => {
  it('adds up what the ledger counted', () => {
    const ledger = new Ledger();
    ledger.round = 2;
    ledger.count('saves', 'rename', 3);
    ledger.count('saves', 'in place');
    ledger.count('signals', 'SIGHUP', 5);
    ledger.count('faults', 'connection dropped', 2);
    ledger.count('faults', '429', 4);
    const results = { times: { watch: [900, 100, 500], trigger: [] }, late: 1 };
    expect(reportOf({ ...REPORT, seconds: 60 }, ledger, results)).toMatchObject({
      rounds: 2,
      saves: 4,
      savesPerMinute: 4,
      signals: 5,
      drops: 2,
      convergenceByWatch: { rounds: 3, medianMs: 500, worstMs: 900 },
      convergenceByTrigger: { rounds: 0, medianMs: 0, worstMs: 0 },
      late: 1,
    });
  });

  it('spells out every violation for a terminal, with the actions that led to it', () => {
    const violations = [{ round: 12, what: 'it went wrong', actions: ['1.000 s, round 12: saves'] }];
    expect(renderText({ ...REPORT, violations })).toContain(
      '❌ round 12: it went wrong\n    1.000 s, round 12: saves',
    );
    expect(renderText(REPORT)).toMatch(/^violations +0$/m);
  });

  it('is told from other JSON', () => {
    expect(isReport(REPORT)).toBe(true);
    expect([null, 7, {}, { savesByKind: {} }].map(isReport)).toEqual([false, false, false, false]);
  });
});

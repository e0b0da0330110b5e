import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { renderPage } from '../../../checks/torture/page.js';
import { isReport } from '../../../checks/torture/report.js';
import { REPORT } from './sample-report.js';

const DOCS = path.join(import.meta.dirname, '../../../docs');
const COMMITTED = path.join(DOCS, 'torture/results.json');

describe('the page of the torture', () => {
  it('opens with three sentences and the result', () => {
    const [, , introduction = '', table = ''] = renderPage(REPORT).split('\n\n');
    expect(introduction.match(/\.(?= |$)/g)).toHaveLength(3);
    for (const row of [
      '| **violations** | **0** |',
      '| **longest time until a save was applied** | **1,234 ms** |',
      '| rounds | 350 |',
      '| saves | 10,432 |',
      '| signals | 3,210 |',
      '| commands answered | 700 |',
      '| lost connections and sessions | 7 |',
      '| date | 2026-11-24 09:41 UTC |',
    ])
      expect(table).toContain(row);
  });

  it('says how to repeat the run', () => {
    expect(renderPage(REPORT)).toContain('`npm run torture -- --seed 7 --rounds 350 --saves 30`');
  });

  it('lists kinds of saves in their own order, folded', () => {
    expect(renderPage(REPORT)).toContain(
      '<summary>Saves, by kind</summary>\n\n| save | times |\n| --- | ---: |\n| in place | 5,432 |\n| rename | 5,000 |',
    );
  });

  it('lists every violation with its round', () => {
    const violations = [{ round: 12, what: 'it went\nwrong | badly', actions: [] }];
    expect(renderPage({ ...REPORT, violations })).toContain(
      '## Violations\n\n- round 12: it went wrong | badly',
    );
    expect(renderPage(REPORT)).not.toContain('## Violations');
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

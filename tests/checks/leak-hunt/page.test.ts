import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { renderPage } from '../../../checks/leak-hunt/page.js';
import { isClean, isReport } from '../../../checks/leak-hunt/report.js';
import { BAD_REPORT, REPORT } from './sample-report.js';

const DOCS = path.join(import.meta.dirname, '../../../docs');
const COMMITTED = path.join(DOCS, 'leak-hunt/results.json');

describe('the page of the leak hunt', () => {
  it('opens with three sentences and the result', () => {
    const [, , introduction = '', table = ''] = renderPage(REPORT).split('\n\n');
    expect(introduction.match(/\.(?= |$)/g)).toHaveLength(3);
    expect(table).toContain('| leaks | 0 |');
    expect(table).toContain('| positions × sinks × forms | 2 × 3 × 2 |');
  });

  it('lists everything that was covered, folded', () => {
    const folded =
      renderPage(REPORT)
        .match(/<details>.*?<\/details>/gs)
        ?.join('') ?? '';
    for (const name of [...REPORT.kinds, ...REPORT.positions, ...REPORT.sinks, ...REPORT.forms])
      expect(folded).toContain(`- \`${name}\``);
  });

  it('lists every leak, and why the result cannot be trusted', () => {
    const page = renderPage(BAD_REPORT);
    expect(page).toContain('## Leaks\n\n- ❌ stdout | comment | JWT | hex    it is <JWT>');
    expect(page).toContain('## Why this result cannot be trusted\n\n- the search misses: JWT: raw\n- should');
    expect(renderPage(REPORT)).not.toMatch(/## Leaks|## Why/);
  });

  it.skipIf(!existsSync(COMMITTED))('is committed without a leak, and unchanged by hand', () => {
    const report: unknown = JSON.parse(readFileSync(COMMITTED, 'utf8'));
    if (!isReport(report)) throw new Error('not a report');
    expect(isClean(report)).toBe(true);
    expect(readFileSync(path.join(DOCS, 'leak-hunt.md'), 'utf8')).toBe(renderPage(report));
  });
});

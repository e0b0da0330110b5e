import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readOptions } from '../../../checks/leak-hunt/options.js';
import { renderPage, writePage } from '../../../checks/leak-hunt/page.js';
import { type HuntReport, isClean, isReport, reportText } from '../../../checks/leak-hunt/report.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const DOCS = path.join(import.meta.dirname, '../../../docs');
const COMMITTED = path.join(DOCS, 'leak-hunt/results.json');

const REPORT: HuntReport = {
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

const LEAK = {
  sink: 'stdout',
  position: 'comment',
  planted: 'comment',
  kind: 'JWT',
  form: 'hex',
  context: 'it is <JWT>',
};

describe('the command line of the leak hunt', () => {
  it('needs no words, and writes the report all the same', () => {
    const json = path.join(temporaryDirectory(), 'reports/hunt.json');
    expect(readOptions([], json)).toMatchObject({ kinds: 4, quotes: 60, crashes: 24, json, from: null });
    // Found out before the hunt, not after it.
    expect(existsSync(json)).toBe(true);
  });

  it.each([
    ['--kinds', 'all'],
    ['--quotes', '0'],
    ['--crashes', '3'],
    ['--json', '/dev/null/report.json'],
    ['--seed', '3'],
  ])('refuses %s %s with a word about it', (option, value) => {
    expect(() => readOptions([option, value], path.join(temporaryDirectory(), 'hunt.json'))).toThrow(option);
  });
});

describe('the page of the leak hunt', () => {
  it('tells what the issue asks for: positions, sinks, forms and leaks', () => {
    const page = renderPage(REPORT);
    expect(page).toContain('| positions × sinks × forms | 2 × 3 × 2 |');
    expect(page).toContain('| leaks | 0 |');
    expect(page).toContain('## Leaks\n\nNone.');
    for (const name of [...REPORT.kinds, ...REPORT.positions, ...REPORT.sinks, ...REPORT.forms])
      expect(page).toContain(`- \`${name}\``);
  });

  it('tells of every leak, and of what makes the hunt worthless', () => {
    const report = {
      ...REPORT,
      leaks: [LEAK],
      unseen: ['odd'],
      selfTest: { shown: 1, missed: ['JWT: raw'] },
    };
    for (const text of [renderPage(report), reportText(report)]) {
      expect(text).toContain('stdout | comment | JWT | hex');
      expect(text).toContain('not seen, though it was to be provoked: odd');
      expect(text).toContain('the hunter does not find: JWT: raw');
    }
  });

  it('stands beside its report, from which it can be rendered again', () => {
    const docs = temporaryDirectory();
    const page = writePage(REPORT, docs);
    expect(page).toBe(path.join(docs, 'leak-hunt.md'));
    const report: unknown = JSON.parse(readFileSync(path.join(docs, 'leak-hunt/results.json'), 'utf8'));
    expect(isReport(report) && renderPage(report)).toBe(readFileSync(page, 'utf8'));
    expect([null, 7, {}, { brokenFiles: {} }].map(isReport)).toEqual([false, false, false, false]);
  });

  it.skipIf(!existsSync(COMMITTED))('is committed without a leak, and unchanged by hand', () => {
    const report: unknown = JSON.parse(readFileSync(COMMITTED, 'utf8'));
    if (!isReport(report)) throw new Error('not a report');
    expect(isClean(report)).toBe(true);
    expect(readFileSync(path.join(DOCS, 'leak-hunt.md'), 'utf8')).toBe(renderPage(report));
  });
});

describe('a hunt', () => {
  it('is clean only when nothing leaked and everything was provoked and would have been found', () => {
    expect(isClean(REPORT)).toBe(true);
    expect(isClean({ ...REPORT, leaks: [LEAK] })).toBe(false);
    expect(isClean({ ...REPORT, unseen: ['odd'] })).toBe(false);
    expect(isClean({ ...REPORT, selfTest: { shown: 1, missed: ['JWT: raw'] } })).toBe(false);
  });
});

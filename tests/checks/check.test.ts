import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { reportOptions, writePage } from '../../checks/check.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

describe('the options of every check', () => {
  it('send the report to a file that can be written to, which is checked before the run', () => {
    const json = path.join(temporaryDirectory(), 'reports/results.json');
    expect(reportOptions({ 'write-docs': false }, json)).toEqual({ json, writeDocs: false, from: null });
    expect(existsSync(json)).toBe(true);
    expect(() => reportOptions({ json: '/dev/null/x', 'write-docs': false }, json)).toThrow('--json');
  });

  it('write nothing when an earlier report is rendered', () => {
    const json = path.join(temporaryDirectory(), 'results.json');
    expect(reportOptions({ from: 'old.json', 'write-docs': true }, json).from).toBe('old.json');
    expect(existsSync(json)).toBe(false);
  });
});

const renderPage = ({ saves }: { saves: number }): string => `# ${String(saves)} saves\n`;

it('writes the page of a check, and beside it the report that it is rendered from', () => {
  const docs = temporaryDirectory();
  const page = writePage({ name: 'torture', renderPage }, { saves: 3 }, docs);
  expect(page).toBe(path.join(docs, 'torture.md'));
  expect(readFileSync(page, 'utf8')).toBe('# 3 saves\n');
  expect(JSON.parse(readFileSync(path.join(docs, 'torture/results.json'), 'utf8'))).toEqual({ saves: 3 });
});

import { describe, expect, it } from 'vitest';

import { isClean, isReport, renderText } from '../../../checks/leak-hunt/report.js';
import { BAD_REPORT, REPORT } from './sample-report.js';

describe('the report of a hunt', () => {
  it('is clean only if nothing leaked, everything was provoked, and every leak would have been found', () => {
    expect(isClean(REPORT)).toBe(true);
    const { leaks, unseen, selfTest } = BAD_REPORT;
    expect(isClean({ ...REPORT, leaks })).toBe(false);
    expect(isClean({ ...REPORT, unseen })).toBe(false);
    expect(isClean({ ...REPORT, selfTest })).toBe(false);
  });

  it('spells out leaks and doubts for a terminal', () => {
    const text = renderText(BAD_REPORT);
    expect(text).toContain('❌ stdout | comment | JWT | hex\n   it is <JWT>');
    expect(text).toContain('❌ should have been provoked, but was not seen: odd');
    expect(text).toContain('❌ the search misses: JWT: raw');
    expect(renderText(REPORT)).not.toContain('❌');
  });

  it('counts the leaks that it does not spell out', () => {
    const [leak] = BAD_REPORT.leaks;
    const leaks = leak === undefined ? [] : Array.from({ length: 42 }, () => leak);
    expect(renderText({ ...REPORT, leaks })).toContain('… and 2 more leaks');
  });

  it('is told from other JSON', () => {
    expect(isReport(REPORT)).toBe(true);
    expect([null, 7, {}, { brokenFiles: {} }].map(isReport)).toEqual([false, false, false, false]);
  });
});

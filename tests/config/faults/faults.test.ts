import { describe, expect, it } from 'vitest';

import { type Fault, findingsOf, inLineOrder, isPassing } from '../../../src/config/faults/faults.js';

const objection = { key: 'A', problem: 'too much', remedy: 'take less' };

describe('a fault passes, so that the same content may be tried again,', () => {
  it.each<Fault>([
    { kind: 'unreadable', code: 'EMFILE' },
    { kind: 'unreadable', code: 'ESTALE' },
    { kind: 'unsettled', waitedMs: 5000 },
    { kind: 'broken-rule', line: null, passing: true, ...objection },
    { kind: 'unusable-companion', key: 'A', line: 1, reason: { kind: 'unreadable', code: 'EIO' } },
    { kind: 'unusable-companion', key: 'A', line: 1, reason: { kind: 'unsettled', waitedMs: 5000 } },
  ])('when it is $kind, %#', (fault) => {
    expect(isPassing(fault)).toBe(true);
  });

  it.each<Fault>([
    { kind: 'unreadable', code: 'EACCES' },
    { kind: 'missing-file' },
    { kind: 'blank' },
    { kind: 'nul', line: 1 },
    { kind: 'broken-rule', line: null, passing: false, ...objection },
    { kind: 'unusable-companion', key: 'A', line: 1, reason: { kind: 'invalid-utf8' } },
    { kind: 'unusable-companion', key: 'A', line: 1, reason: { kind: 'missing-file' } },
  ])('never when it is $kind, %#', (fault) => {
    expect(isPassing(fault)).toBe(false);
  });
});

it('faults stand in the order of their lines, those without one last', () => {
  const faults: Fault[] = [
    { kind: 'blank' },
    { kind: 'invalid-setting', key: 'E', expects: 'x', line: null },
    { kind: 'nul', line: 9 },
    { kind: 'invalid-key', line: 2 },
    { kind: 'nul', line: 2 },
  ];
  expect(inLineOrder(faults).map((fault) => ('line' in fault ? fault.line : fault.kind))).toEqual([
    2,
    2,
    9,
    'blank',
    null,
  ]);
  expect(inLineOrder(faults)[0]?.kind).toBe('invalid-key');
});

describe('an objection of a rule', () => {
  const lines: Readonly<Record<string, number>> = { A: 4, B: 2 };
  const found = (rule: object) =>
    findingsOf([{ ...objection, ...rule }], (key): number | null => lines[key] ?? null);

  it('stands on the line of its key', () => {
    expect(found({ keys: ['B', 'A'] })).toEqual({
      faults: [{ kind: 'broken-rule', line: 4, passing: false, ...objection }],
      warnings: [],
    });
  });

  it('stands on the line of another key it looked at, when its own has none', () => {
    expect(found({ key: 'C', keys: ['C', 'B'] }).faults).toMatchObject([{ key: 'C', line: 2 }]);
  });

  it('stands on none when no line sets any of them', () => {
    expect(found({ key: 'C', passing: true }).faults).toMatchObject([{ line: null, passing: true }]);
  });

  it('is no fault when it is only a warning', () => {
    expect(found({ severity: 'warning' })).toEqual({
      faults: [],
      warnings: [{ kind: 'broken-rule', line: 4, ...objection }],
    });
  });
});

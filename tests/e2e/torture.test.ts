import { beforeAll, describe, expect, it } from 'vitest';

import { INVALID_KINDS } from '../../bench/torture/contents.js';
import { FAULT_KINDS, SAVE_KINDS } from '../../bench/torture/plan.js';
import type { TortureReport } from '../../bench/torture/report.js';
import { torture } from '../../bench/torture/run.js';

/** Enough rounds for the planner to have dealt every kind of fault, which is one a round. */
const ROUNDS = 12;

let report: TortureReport;

beforeAll(async () => {
  report = await torture({ seed: 4, rounds: ROUNDS, saves: 7 });
});

describe('a short torture of the built bot', () => {
  it('finds nothing', () => {
    // The last actions of the driver are part of a violation.
    expect(report.violations).toEqual([]);
    expect(report.rounds).toBe(ROUNDS);
  });

  it('saves the file in every way', () => {
    expect(Object.keys(report.savesByKind).toSorted()).toEqual(SAVE_KINDS.toSorted());
  });

  it('saves contents that are valid, torn, and invalid in every way', () => {
    expect(Object.keys(report.contents).toSorted()).toEqual([...INVALID_KINDS, 'torn', 'valid'].toSorted());
  });

  it('does everything to the connection and to REST', () => {
    expect(Object.keys(report.faults)).toEqual(expect.arrayContaining([...FAULT_KINDS]));
  });

  it('asks by signal, slash and prefix, and gets answers of both kinds', () => {
    expect(report.signals).toBeGreaterThan(0);
    expect(report.commands['slash']).toBeGreaterThan(0);
    expect(report.commands['prefix']).toBeGreaterThan(0);
    expect(report.answers['accepted']).toBeGreaterThan(0);
    expect(report.answers['rejected']).toBeGreaterThan(0);
  });

  it('has looked at what it says it checked', () => {
    expect(report.seen['last saves applied']).toBeGreaterThan(0);
    expect(report.seen['last saves rejected with their line']).toBeGreaterThan(0);
    expect(report.seen['values in /config-status']).toBeGreaterThan(0);
    expect(report.seen['whole changes on the console']).toBeGreaterThan(0);
    expect(report.holdings).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';

import { isRepetition, recordOf } from '../../../src/lib/history/reload-record.js';
import { accepted, change, NO_DIFF, rejected, UNCHANGED } from '../../support/outcomes.js';

const mask = (text: string): string => text.replaceAll('s3cret', '[hidden]');

describe('the record of a reload', () => {
  it('holds who asked, both versions, and every changed key with masked values', () => {
    const diff = {
      ...NO_DIFF,
      added: [change('NEW', null, 'a s3cret')],
      modified: [change('OLD', '1', '2')],
    };
    expect(
      recordOf(accepted({ diff, triggers: [{ kind: 'command', who: '42' }, { kind: 'watch' }] }), mask),
    ).toEqual({
      at: 0,
      lastAt: 0,
      times: 1,
      outcome: 'applied',
      triggers: 'command by 42, watch',
      before: '0a1b2c3d4e5f',
      after: '6a7b8c9d0e1f',
      faults: [],
      changes: [
        { kind: 'added', key: 'NEW', declared: false, sensitive: false, before: null, after: 'a [hidden]' },
        { kind: 'modified', key: 'OLD', declared: false, sensitive: false, before: '1', after: '2' },
      ],
    });
  });

  it('of a rejection holds the faults, and the version that stays', () => {
    const { faults, before, after, changes } = recordOf(rejected(), mask);
    expect(faults).toHaveLength(2);
    expect({ same: before === after, changes }).toEqual({ same: true, changes: [] });
  });

  it('stays small, however large the configuration is', () => {
    const added = Array.from({ length: 1000 }, (_, index) =>
      change(`KEY${String(index)}`, null, 'v'.repeat(5000)),
    );
    const { changes } = recordOf(accepted({ diff: { ...NO_DIFF, added } }), mask);
    expect(changes).toHaveLength(50);
    expect(JSON.stringify(changes).length).toBeLessThan(20_000);
  });

  it('is a repetition when the same can be said again, and never when something was applied', () => {
    const [same, other] = [recordOf(UNCHANGED, mask), recordOf(rejected(), mask)];
    expect(isRepetition(same, { ...same, at: 5, lastAt: 5 })).toBe(true);
    expect(isRepetition(other, other)).toBe(true);
    expect(isRepetition(same, other)).toBe(false);
    expect(isRepetition(other, { ...other, faults: ['another'] })).toBe(false);
    const applied = recordOf(accepted(), mask);
    expect(isRepetition(applied, applied)).toBe(false);
  });
});

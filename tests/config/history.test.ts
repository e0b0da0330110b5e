import { describe, expect, it } from 'vitest';

import { History } from '../../src/config/history.js';
import { accepted, change, NO_DIFF, rejected } from '../support/outcomes.js';

const BIG = 3_600_000;

/** How many characters there are in everything that can be reached from the outcomes. */
function sizeOf(history: History): number {
  return JSON.stringify(history.outcomes, (_key, value: unknown) =>
    value instanceof Set ? [...(value as ReadonlySet<unknown>)] : value,
  ).length;
}

describe('the history', () => {
  it('keeps a small outcome as it is', () => {
    const history = new History(2);
    const [first, second] = [accepted(), rejected()];
    history.record(accepted());
    history.record(first);
    history.record(second);
    expect(history.outcomes[0]).toBe(first);
    expect(history.outcomes[1]).toBe(second);
  });

  it('stays small, however large the values that change', () => {
    const history = new History(50);
    for (let save = 0; save < 60; save++) {
      const value = String(save).padEnd(BIG, 'x');
      const modified = [change('A', value, value)];
      const removed = [{ ...change('B', value, null), fallback: { value, origin: 'default' as const } }];
      history.record(accepted({ diff: { ...NO_DIFF, modified, removed } }));
    }
    expect(sizeOf(history)).toBeLessThan(100_000);
    expect(history.outcomes[0]).toMatchObject({ diff: { modified: [{ before: '10'.padEnd(200, 'x') }] } });
  });

  it('stays small, however many keys change, and knows how many did', () => {
    const history = new History(50);
    const keys = Array.from({ length: 50_000 }, (_, index) => `KEY_${String(index)}`);
    const modified = keys.map((key) => change(key, 'a', 'b'));
    const warnings = keys.map((key) => ({ kind: 'shadowed-key', key, line: 1 }) as const);
    const triggers = [{ kind: 'signal' }, ...keys.map(() => ({ kind: 'command' }))] as const;
    const outcome = accepted({
      diff: { ...NO_DIFF, modified, effective: new Set(keys) },
      warnings,
      triggers: [triggers[0], ...triggers.slice(1)],
    });
    for (let save = 0; save < 60; save++) history.record(outcome);
    history.record(rejected({ warnings }));
    expect(sizeOf(history)).toBeLessThan(1_500_000);
    expect(history.outcomes[0]).toMatchObject({
      diff: { counts: { added: 0, removed: 0, modified: 50_000 } },
    });
    expect(outcome.diff.modified).toHaveLength(50_000);
  });

  it('forgets when a key changed that is gone', () => {
    const history = new History(1);
    const last = { at: 1, triggers: [{ kind: 'signal' }] } as const;
    history.changed(['A', 'B'], last, () => true);
    history.changed(['A', 'B'], { ...last, at: 2 }, (key) => key === 'B');
    expect(history.lastChange('A')).toBeUndefined();
    expect(history.lastChange('B')?.at).toBe(2);
  });
});

import { expect, it } from 'vitest';

import { Ledger } from '../../../checks/torture/ledger.js';

it('counts by group', () => {
  const ledger = new Ledger();
  ledger.count('saves', 'rename');
  ledger.count('saves', 'rename', 2);
  ledger.count('outcomes', 'applied');
  expect(ledger.counted('saves')).toEqual({ rename: 3 });
  expect(ledger.counted('nothing')).toEqual({});
});

it('keeps the latest actions with a violation', () => {
  const ledger = new Ledger();
  for (let number = 1; number <= 50; number++) {
    ledger.round = number;
    ledger.note(`action ${String(number)}`);
  }
  ledger.violate('it went wrong');
  const [violation] = ledger.violations;
  expect(violation).toMatchObject({ round: 50, what: 'it went wrong' });
  expect(violation?.actions).toHaveLength(40);
  expect(violation?.actions.at(-1)).toMatch(/^\d+\.\d{3} s, round 50: action 50$/);
});

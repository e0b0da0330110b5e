import { expect, it } from 'vitest';

import { dayOf, endOfDay, sumOf } from '../../../src/lib/usage/usage.js';

const LATE = Date.UTC(2026, 10, 24, 23, 59, 59, 999);

it('a day is one of UTC, and ends when the next begins', () => {
  expect(dayOf(LATE)).toBe('2026-11-24');
  expect(endOfDay(LATE)).toBe(LATE + 1);
  expect(dayOf(endOfDay(LATE))).toBe('2026-11-25');
  expect(endOfDay(LATE + 1)).toBe(Date.UTC(2026, 10, 26));
});

it('usage adds up', () => {
  const sum = sumOf({ requests: 1, input: 2, output: 3 }, { requests: 10, input: 20, output: 30 });
  expect(sum).toEqual({ requests: 11, input: 22, output: 33 });
});

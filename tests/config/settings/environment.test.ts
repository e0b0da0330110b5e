import { expect, it } from 'vitest';

import { captured } from '../../../src/config/settings/environment.js';

it('keeps the values of the moment, whatever becomes of the environment', () => {
  const environment: Record<string, string | undefined> = { A: '1', B: undefined };
  const copy = captured(environment);
  environment['A'] = '2';
  environment['C'] = '3';
  expect({ ...copy }).toEqual({ A: '1', B: undefined });
  expect(Object.isFrozen(copy)).toBe(true);
});

it('finds nothing under the names that every object has', () => {
  const copy = captured({});
  expect(copy['constructor']).toBeUndefined();
  expect(copy['__proto__']).toBeUndefined();
});

import { expect, it } from 'vitest';

import { KINDS } from '../../../checks/leak-hunt/canaries.js';
import { selfTest } from '../../../checks/leak-hunt/self-test.js';

it('finds every secret in every form, whole or in a piece of eight characters', () => {
  const { shown, missed } = selfTest();
  expect(missed).toEqual([]);
  expect(shown).toBeGreaterThan(KINDS.length * 30);
});

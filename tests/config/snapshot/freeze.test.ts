import { describe, expect, it } from 'vitest';

import { deepFreeze } from '../../../src/config/snapshot/freeze.js';

describe('a frozen value', () => {
  it('is frozen down to its last part', () => {
    const value = deepFreeze({ list: [{ a: 1 }], nothing: null, text: 'x' });
    expect([value, value.list, value.list[0]].every(Object.isFrozen)).toBe(true);
  });

  it('is frozen also below what was frozen before', () => {
    const value = deepFreeze(Object.freeze({ list: ['a'] }));
    expect(Object.isFrozen(value.list)).toBe(true);
  });
});

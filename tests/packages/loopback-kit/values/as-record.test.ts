import { asRecord } from 'loopback-kit';
import { expect, it } from 'vitest';

it('takes objects and nothing else', () => {
  expect(asRecord({ a: 1 })).toEqual({ a: 1 });
  for (const value of [null, undefined, [1], 'text', 1]) expect(asRecord(value)).toBeUndefined();
});

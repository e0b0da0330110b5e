import { RingBuffer } from 'loopback-kit';
import { expect, it } from 'vitest';

it('drops its oldest items once it is full', () => {
  const ring = new RingBuffer<number>(2);
  for (const item of [1, 2, 3]) ring.push(item);
  expect(ring.items).toEqual([2, 3]);
});

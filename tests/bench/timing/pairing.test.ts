import { expect, it } from 'vitest';

import { pairingOf } from '../../../bench/timing/pairing.js';

it('pairs the measurements that were taken together', () => {
  const { ours, bare, ratio } = pairingOf([30, 10], [10, 10]);
  expect([ours.median, bare.median]).toEqual([20, 10]);
  expect(ratio).toMatchObject({ median: 2, samples: 2 });
});

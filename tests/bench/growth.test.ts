import { expect, it } from 'vitest';

import { exponentsOf } from '../../bench/growth.js';
import { FLOOR, MODES, REFRESH } from '../../bench/results.js';
import { comparisonOf } from './sample.js';

it('finds the growth of a refresh from 1,000 keys, where its fixed cost no longer shows', () => {
  const rows = [10, 1000, 10_000, 100_000].flatMap((keys) =>
    MODES.map((mode) => ({
      keys,
      mode,
      bytes: keys,
      comparison: comparisonOf({ [FLOOR]: keys, [REFRESH]: keys < 1000 ? 1000 : keys ** 2 }),
    })),
  );
  const [first, ...rest] = exponentsOf(rows);
  expect(first).toEqual({
    mode: 'same',
    large: expect.closeTo(2),
    all: expect.not.closeTo(2, 1),
    floorLarge: expect.closeTo(1),
  });
  expect(rest.map(({ mode }) => mode)).toEqual(['one', 'all']);
});

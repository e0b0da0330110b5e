import { describe, expect, it } from 'vitest';

import { holds, maskStretches, merged } from '../../../src/config/secrets/stretches.js';

describe('masked stretches', () => {
  it('are one when they overlap or touch, in whatever order they come', () => {
    expect(
      maskStretches(
        '0123456789',
        [
          [6, 8],
          [1, 3],
          [2, 4],
          [4, 5],
        ],
        '#',
      ),
    ).toBe('0#5#89');
  });

  it('are none when there are none', () => {
    expect(maskStretches('0123456789', [], '#')).toBe('0123456789');
  });

  it('include those inside others', () => {
    expect(
      maskStretches(
        '0123456789',
        [
          [1, 9],
          [2, 3],
        ],
        '#',
      ),
    ).toBe('0#9');
  });
});

describe('merged stretches', () => {
  it('hold what lies in one of them', () => {
    const stretches = merged([
      [6, 8],
      [1, 3],
      [2, 4],
    ]);
    expect(stretches).toEqual([
      [1, 4],
      [6, 8],
    ]);
    expect(
      [
        [1, 4],
        [2, 3],
        [6, 8],
      ].every(([start = 0, end = 0]) => holds(stretches, [start, end])),
    ).toBe(true);
    expect(
      [
        [0, 1],
        [3, 5],
        [4, 6],
        [7, 9],
      ].some(([start = 0, end = 0]) => holds(stretches, [start, end])),
    ).toBe(false);
  });
});

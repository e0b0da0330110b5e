import { expect, it } from 'vitest';

import { shardOf, SnowflakeMint } from '../../../../packages/loopback-discord/src/world/snowflakes.js';

it('mints ids of the present, ordered in time and never the same twice', () => {
  const mint = new SnowflakeMint();
  const ids = Array.from({ length: 1000 }, () => BigInt(mint.next()));
  expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? id))).toBe(true);
  expect(Number((ids[0] ?? 0n) >> 22n) + 1_420_070_400_000).toBeCloseTo(Date.now(), -4);
});

it('places a guild on a shard by its time', () => {
  expect(shardOf(String(5n << 22n), 4)).toBe(1);
  expect(shardOf(String((5n << 22n) + 3n), 4)).toBe(1);
});

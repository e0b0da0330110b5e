import { describe, expect, it } from 'vitest';

import { FINAL_CODES, loginRefusal } from '../../../../packages/loopback-discord/src/gateway/close-codes.js';

describe('a login', () => {
  it.each([
    ['as it should be', 1, [0, 1], 0, undefined],
    ['with intents that do not exist', 1 << 30, [0, 1], 0, 4013],
    ['with a shard beyond the last', 1, [2, 2], 0, 4010],
    ['with too few shards for its servers', 1, [0, 1], 0, 4011, 2],
    ['with as many shards as are demanded', 1, [1, 2], 0, undefined, 2],
    ['with intents that are not allowed', 1 << 15, [0, 1], 1 << 15, 4014],
  ] as const)('%s is judged', (_what, intents, shard, disallowedIntents, code, demandedShards?: number) => {
    expect(loginRefusal({ intents, shard }, { disallowedIntents, demandedShards: demandedShards ?? 1 })).toBe(
      code,
    );
  });
});

it('ends the session for good only with the codes that Discord says so of', () => {
  expect([1000, 4004, 4007, 4014].every((code) => FINAL_CODES.has(code))).toBe(true);
  expect([1006, 4000, 4002, 4008].some((code) => FINAL_CODES.has(code))).toBe(false);
});

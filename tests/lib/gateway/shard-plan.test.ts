import { describe, expect, it } from 'vitest';

import { ShardPlanError, shardPlanOf } from '../../../src/lib/gateway/shard-plan.js';

describe('the shards of a process', () => {
  it.each<[Record<string, string>, number[] | 'auto', number | null]>([
    [{}, [0], 1],
    [{ SHARD_COUNT: '', SHARDS: '', PROCESS_INDEX: '', SHARDS_PER_PROCESS: ' ' }, [0], 1],
    [{ SHARD_COUNT: 'auto' }, 'auto', null],
    [{ SHARD_COUNT: '3' }, [0, 1, 2], 3],
    [{ SHARD_COUNT: '8', SHARDS: '0-3' }, [0, 1, 2, 3], 8],
    [{ SHARD_COUNT: '8', SHARDS: '4, 0,2-3,2' }, [0, 2, 3, 4], 8],
    [{ SHARD_COUNT: '8', SHARDS: '7' }, [7], 8],
    [{ SHARD_COUNT: '8', PROCESS_INDEX: '1', SHARDS_PER_PROCESS: '3' }, [3, 4, 5], 8],
    [{ SHARD_COUNT: '8', PROCESS_INDEX: '2', SHARDS_PER_PROCESS: '3' }, [6, 7], 8],
  ])('of %j are %j of %j', (environment, shards, count) => {
    expect(shardPlanOf(environment)).toEqual({ shards, count });
  });

  it.each<[Record<string, string>, string]>([
    [{ SHARD_COUNT: '0' }, 'SHARD_COUNT: expected a whole number from 1, or auto'],
    [{ SHARD_COUNT: '-1' }, 'SHARD_COUNT: expected a whole number from 1, or auto'],
    [{ SHARD_COUNT: 'many' }, 'SHARD_COUNT: expected a whole number from 1, or auto'],
    [{ SHARDS: '0' }, 'SHARD_COUNT: expected a whole number from 1, the same in every process'],
    [{ SHARD_COUNT: 'auto', SHARDS: '0' }, 'SHARD_COUNT: expected a whole number from 1, the same'],
    [{ SHARD_COUNT: '2', SHARDS: 'auto' }, 'SHARDS: expected shard ids such as 0-7 or 0,2,4'],
    [{ SHARD_COUNT: '2', SHARDS: '[0,1]' }, 'SHARDS: expected shard ids such as 0-7 or 0,2,4'],
    [{ SHARD_COUNT: '4', SHARDS: '3-1' }, 'SHARDS: a range ends before it begins'],
    [
      { SHARD_COUNT: '2', SHARDS: '0,2' },
      'SHARDS: there is no shard 2: SHARD_COUNT is 2, so the ids go from 0 to 1',
    ],
    [{ SHARD_COUNT: '2', SHARDS: '0', PROCESS_INDEX: '0' }, 'SHARDS: set together with PROCESS_INDEX'],
    [{ SHARD_COUNT: '2', PROCESS_INDEX: '0' }, 'SHARDS_PER_PROCESS: expected a whole number from 1'],
    [{ SHARD_COUNT: '2', SHARDS_PER_PROCESS: '1' }, 'PROCESS_INDEX: expected a whole number from 0'],
    [
      { SHARD_COUNT: '4', PROCESS_INDEX: '2', SHARDS_PER_PROCESS: '2' },
      'PROCESS_INDEX: no shard is left for it: 4 shards fill 2 processes of 2',
    ],
  ])('cannot be told from %j', (environment, sentence) => {
    expect(() => shardPlanOf(environment)).toThrow(ShardPlanError);
    expect(() => shardPlanOf(environment)).toThrow(`environment ${sentence}`);
  });
});

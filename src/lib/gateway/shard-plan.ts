import type { Environment } from '../../config/index.js';

/** The keys that say which shards a process runs: of the process environment only, as a shared file would give every process the same. */
export const SHARD_KEYS = ['SHARD_COUNT', 'SHARDS', 'PROCESS_INDEX', 'SHARDS_PER_PROCESS'] as const;

/** The shards of one process. */
export interface ShardPlan {
  /** Their ids; `auto` for all that Discord recommends. */
  readonly shards: readonly number[] | 'auto';
  /** How many there are in all processes; `null` for as many as Discord recommends. */
  readonly count: number | null;
}

/** What is wrong with one of {@link SHARD_KEYS}, in a line for an operator. */
export class ShardPlanError extends Error {
  public override readonly name = 'ShardPlanError';

  /** The same without the key. */
  public readonly words: string;

  public constructor(
    public readonly key: (typeof SHARD_KEYS)[number],
    problem: string,
    remedy: string,
  ) {
    const words = `${problem} (remedy: ${remedy})`;
    super(`environment ${key}: ${words}`);
    this.words = words;
  }
}

const NUMBER = /^\d{1,6}$/;
const RANGES = /^\d{1,6}(-\d{1,6})?(,\d{1,6}(-\d{1,6})?)*$/;

/**
 * Which shards this process runs: one of one when nothing is set. Empty means unset.
 *
 * @throws {ShardPlanError}
 */
export function shardPlanOf(environment: Environment): ShardPlan {
  const [count = '', shards = '', index = '', size = ''] = SHARD_KEYS.map((key) =>
    environment[key]?.replaceAll(/\s/g, ''),
  );
  const isSplit = shards !== '' || index !== '' || size !== '';
  if (count === 'auto' && !isSplit) return { shards: 'auto', count: null };
  if (count === '' && !isSplit) return { shards: [0], count: 1 };
  if (!NUMBER.test(count) || Number(count) === 0) {
    throw new ShardPlanError(
      'SHARD_COUNT',
      isSplit
        ? 'expected a whole number from 1, the same in every process'
        : 'expected a whole number from 1, or auto',
      isSplit ? 'set it to the number of shards of the whole bot' : 'correct or unset it',
    );
  }
  const total = Number(count);
  if (shards !== '' && (index !== '' || size !== '')) {
    throw new ShardPlanError(
      'SHARDS',
      'set together with PROCESS_INDEX or SHARDS_PER_PROCESS',
      'set either SHARDS or the other two',
    );
  }
  if (shards !== '') return { shards: listed(shards, total), count: total };
  if (index !== '' || size !== '') return { shards: placed(index, size, total), count: total };
  return { shards: rangeOf(0, total), count: total };
}

function listed(text: string, total: number): readonly number[] {
  if (!RANGES.test(text))
    throw new ShardPlanError('SHARDS', 'expected shard ids such as 0-7 or 0,2,4', 'correct or unset it');
  const ids = new Set<number>();
  for (const part of text.split(',')) {
    const [first = 0, last = first] = part.split('-').map(Number);
    if (first > last)
      throw new ShardPlanError('SHARDS', 'a range ends before it begins', 'write the smaller id first');
    if (last >= total) {
      throw new ShardPlanError(
        'SHARDS',
        `there is no shard ${String(last)}: SHARD_COUNT is ${String(total)}, so the ids go from 0 to ${String(total - 1)}`,
        'correct one of the two',
      );
    }
    for (let id = first; id <= last; id++) ids.add(id);
  }
  return [...ids].toSorted((a, b) => a - b);
}

function placed(index: string, size: string, total: number): readonly number[] {
  if (!NUMBER.test(index))
    throw new ShardPlanError(
      'PROCESS_INDEX',
      'expected a whole number from 0',
      'number the processes from 0',
    );
  if (!NUMBER.test(size) || Number(size) === 0) {
    throw new ShardPlanError(
      'SHARDS_PER_PROCESS',
      'expected a whole number from 1',
      'say how many shards each process runs',
    );
  }
  const first = Number(index) * Number(size);
  if (first >= total) {
    throw new ShardPlanError(
      'PROCESS_INDEX',
      `no shard is left for it: ${String(total)} shards fill ${String(Math.ceil(total / Number(size)))} processes of ${size}`,
      'start fewer processes, or raise SHARD_COUNT in all of them',
    );
  }
  return rangeOf(first, Math.min(first + Number(size), total));
}

function rangeOf(first: number, end: number): readonly number[] {
  return Array.from({ length: end - first }, (_, offset) => first + offset);
}

import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { PLAIN_READ, SETTINGS_READ } from '../results.js';
import { compare, type Comparison } from '../timing/compare.js';
import { load } from './bench-config.js';
import { envText } from './env-text.js';

const READS = 1_000_000;

/**
 * Reading a setting. Each loop alternates between two objects, so that the compiler cannot hoist the read, and adds up
 * what it reads, so that the compiler cannot drop it.
 */
export async function measureReads(directory: string, budgetMs: number): Promise<Comparison> {
  const file = path.join(directory, 'reads.env');
  writeFileSync(file, envText({ keys: 50, edit: 0, generation: 0 }));
  const configs = [await load(file), await load(file)] as const;
  const plain = [
    { LOG_LEVEL: 'info', TIMEOUT_MS: 1 },
    { LOG_LEVEL: 'debug', TIMEOUT_MS: 2 },
  ] as const;
  const snapshots = [configs[0].current.settings, configs[1].current.settings] as const;
  process.env['BENCH_A'] = 'info';
  process.env['BENCH_B'] = 'debug';

  return compare({
    contenders: [
      {
        name: PLAIN_READ,
        operations: READS,
        run: () => {
          let total = 0;
          for (let turn = 0; turn < READS; turn++) total += plain[turn & 1 ? 1 : 0].LOG_LEVEL.length;
          return total;
        },
      },
      {
        name: 'settings.KEY of a snapshot',
        operations: READS,
        run: () => {
          let total = 0;
          for (let turn = 0; turn < READS; turn++) total += snapshots[turn & 1 ? 1 : 0].LOG_LEVEL.length;
          return total;
        },
      },
      {
        name: SETTINGS_READ,
        operations: READS,
        run: () => {
          let total = 0;
          for (let turn = 0; turn < READS; turn++) {
            total += configs[turn & 1 ? 1 : 0].current.settings.LOG_LEVEL.length;
          }
          return total;
        },
      },
      {
        name: 'process.env.KEY',
        operations: READS / 100,
        run: () => {
          let total = 0;
          for (let turn = 0; turn < READS / 100; turn++) {
            total += (turn & 1 ? process.env['BENCH_A'] : process.env['BENCH_B'])?.length ?? 0;
          }
          return total;
        },
      },
    ],
    budgetMs,
  });
}

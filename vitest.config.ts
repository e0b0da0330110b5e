import { defineConfig } from 'vitest/config';

/** Such a test drives real processes; this bounds one that hangs, it is never a thing to wait for. */
const PROCESS_TIMEOUT_MS = 60_000;

/** A torture goes on until it has found something. */
const CHECK_TIMEOUT_MS = 180_000;
const CONCURRENT_CHECKS = 3;

/** As for a process, it bounds what hangs: a busy machine is no reason to fail. */
const UNIT_TIMEOUT_MS = 30_000;

/** Tests of processes mostly wait for them, so that six files at a time keep two cores busy. */
const WORKERS = 6;

const PROCESS_TESTS = [
  'tests/checks/*/{hunt,run}.test.ts',
  'tests/e2e/**/*.test.ts',
  'tests/sandbox/**/*.test.ts',
  'tests/packages/**/*.test.ts',
  'tests/packaging/**/*.test.ts',
  'tests/support/rig/**/*.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: PROCESS_TESTS,
          testTimeout: UNIT_TIMEOUT_MS,
          hookTimeout: UNIT_TIMEOUT_MS,
          // Isolating them costs twice what the tests do: what a file changes of the process, it changes back.
          isolate: false,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: PROCESS_TESTS,
          testTimeout: PROCESS_TIMEOUT_MS,
          hookTimeout: PROCESS_TIMEOUT_MS,
          // As above; what is tested runs in processes of its own.
          isolate: false,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whether the checks notice what is wrong: minutes, so `npm test` leaves it to `npm run test:checks`.
        test: {
          name: 'checks',
          include: ['tests/**/*.check.ts'],
          testTimeout: CHECK_TIMEOUT_MS,
          maxConcurrency: CONCURRENT_CHECKS,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});

import { statSync } from 'node:fs';
import path from 'node:path';

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

import { PLAN_KEY, readPlan } from './plan.js';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');
const planFile = process.env[PLAN_KEY];
const sources = planFile === undefined ? {} : readPlan(planFile).sources;

/** Small test files first: most mutants die there, and it takes them a moment. */
class SmallFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const size = new Map(files.map(({ moduleId }) => [moduleId, statSync(moduleId).size]));
    return Promise.resolve(
      files.toSorted((a, b) => (size.get(a.moduleId) ?? 0) - (size.get(b.moduleId) ?? 0)),
    );
  }
}

export default defineConfig({
  root: REPOSITORY,
  plugins: [
    {
      name: 'mutants',
      enforce: 'pre',
      load: (id) => sources[path.relative(REPOSITORY, id.split('?', 1)[0] ?? '')] ?? null,
    },
    {
      // A mutant that a property does not notice in fifty runs, it may notice in three thousand; nobody would wait.
      name: 'short-properties',
      enforce: 'pre',
      transform: (code, id) =>
        id.includes('.test.ts')
          ? code.replaceAll(/\bnumRuns: [\d_]+/g, 'numRuns: 50, endOnFailure: true')
          : null,
    },
  ],
  test: {
    include: ['tests/**/*.test.ts'],
    runner: path.join(import.meta.dirname, 'mutation-runner.ts'),
    pool: 'forks',
    maxWorkers: 1,
    sequence: { sequencer: SmallFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

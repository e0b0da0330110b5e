import { readFileSync } from 'node:fs';

/** One change to the code that the tests should notice. */
export interface Mutant {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  /** What kind of change: `ConditionalExpression`, `BlockStatement`, … */
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
}

/** What one room is mutated with: its files, each holding all of its mutants behind switches. */
export interface Plan {
  /** Path relative to the repository → instrumented code. */
  readonly sources: Readonly<Record<string, string>>;
  readonly mutants: readonly Mutant[];
}

/** One line of the progress file. A mutant that was started and never decided has hung the process. */
export interface Progress {
  readonly id: string;
  readonly event: 'covered' | 'started' | 'killed' | 'survived';
  /** The test file. */
  readonly by: string;
}

/** The environment's keys that tell vitest's configuration and its worker where both files are. */
export const PLAN_KEY = 'MUTATION_PLAN';
export const PROGRESS_KEY = 'MUTATION_PROGRESS';

export function readPlan(file: string): Plan {
  const plan: Plan = JSON.parse(readFileSync(file, 'utf8'));
  return plan;
}

export function readProgress(file: string): Progress[] {
  const lines = readFileSync(file, 'utf8').trim().replaceAll('\n', ',');
  const progress: Progress[] = JSON.parse(`[${lines}]`);
  return progress;
}

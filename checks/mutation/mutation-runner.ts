import { appendFileSync } from 'node:fs';
import path from 'node:path';

import { startTests } from '@vitest/runner';
import type { File, Suite, Task, Test } from '@vitest/runner';
import { assume } from 'loopback-kit';
import { TestRunner, vi } from 'vitest';

import { PLAN_KEY, PROGRESS_KEY, readPlan, readProgress } from './plan.js';
import type { Progress } from './plan.js';

/** The names that instrumented code uses. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  mutantCoverage?: { readonly static: Hits; readonly perTest: Record<string, Hits> };
}
type Hits = Record<string, number>;

/** A mutant that makes a test this much slower, or repeats itself that often, has made it endless. */
const SLOWER = 10;
/** Tests that take longer without any mutant are left out. */
const SLOW_MS = 3_000;
const LEAST_TIMEOUT_MS = 3_000;
const MORE_OFTEN = 20;
const LEAST_HITS = 10_000;

const switches = (assume<{ __stryker__?: Switches }>(globalThis).__stryker__ ??= {});
const plan = process.env[PLAN_KEY] ?? '';
const progress = process.env[PROGRESS_KEY] ?? '';

/**
 * Runs a test file once as it is, to learn which test reaches which mutant, and then once more with every mutant that is
 * still alive: only the tests that reach it, up to the first that fails, in the same process. That is what makes
 * thousands of mutants affordable: a process of their own would take each a second.
 */
export default class MutationRunner extends TestRunner {
  #dry = true;
  #file: File | undefined;

  override async onBeforeRunTask(test: Task): Promise<void> {
    await super.onBeforeRunTask(test);
    switches.currentTestId = test.id;
  }

  override onAfterRunTask(test: Test): void {
    super.onAfterRunTask(test);
    switches.currentTestId = undefined;
  }

  // oxlint-disable-next-line typescript/no-misused-promises -- vitest waits for it, whatever its types say
  override async onAfterRunFiles(files?: File[]): Promise<void> {
    super.onAfterRunFiles();
    const file = files?.[0];
    if (!this.#dry || file === undefined) return;
    this.#dry = false;
    this.#file = file;
    if (testsOf(file).some(({ result }) => result?.state === 'fail'))
      throw new Error(`${file.name} fails without a mutant`);
    if (await this.#kills('none', testsOf(file), false, 0))
      throw new Error(`${file.name} fails when it runs again`);
    if (await this.#kills('none', testsOf(file), true, 0))
      throw new Error(`${file.name} fails with modules loaded again`);
    const { static: atLoad = {}, perTest = {} } = switches.mutantCoverage ?? {};
    const decided = new Set(
      readProgress(progress)
        .filter(({ event, by }) => event === 'killed' || (event === 'started' && by === file.name))
        .map(({ id }) => id),
    );
    const quick = testsOf(file).filter(({ result }) => (result?.duration ?? 0) <= SLOW_MS);
    for (const { id } of readPlan(plan).mutants) {
      const tests = quick.filter((test) => perTest[test.id]?.[id] !== undefined);
      const isStatic = atLoad[id] !== undefined;
      if (tests.length === 0 && (!isStatic || quick.length === 0)) continue;
      note({ id, event: 'covered', by: file.name });
      if (decided.has(id)) continue;
      note({ id, event: 'started', by: file.name });
      const hits = Math.max(atLoad[id] ?? 0, ...tests.map((test) => perTest[test.id]?.[id] ?? 0));
      const killed = await this.#kills(id, isStatic ? quick : tests, isStatic, hits);
      note({ id, event: killed ? 'killed' : 'survived', by: file.name });
    }
  }

  async #kills(id: string, tests: readonly Test[], isStatic: boolean, hits: number): Promise<boolean> {
    const file = this.#file;
    if (file === undefined) return false;
    const chosen = new Set(tests.map((test) => test.id));
    const slowest = Math.max(0, ...tests.map(({ result }) => result?.duration ?? 0));
    let failed = false;
    const quiet = assume<this>(
      Object.assign(assume<object>(Object.create(this)), {
        config: { ...this.config, testTimeout: Math.max(LEAST_TIMEOUT_MS, slowest * SLOWER) },
        importFile: async (filepath: string, source: 'collect' | 'setup') => {
          if (isStatic) vi.resetModules();
          else forget(this, filepath);
          return super.importFile(filepath, source);
        },
        onCollectStart: (collected: File) => super.onCollectStart(collected),
        onCollected: (files: File[]) => {
          for (const test of testsOf(files[0])) if (!chosen.has(test.id)) test.mode = 'skip';
        },
        onBeforeRunTask: async (test: Task) => {
          if (failed) test.mode = 'skip';
          return super.onBeforeRunTask(test);
        },
        onAfterRunTask: (test: Test) => {
          super.onAfterRunTask(test);
          failed ||= test.result?.state === 'fail';
        },
        onTaskUpdate: async () => {},
        onAfterRunFiles() {},
      }),
    );
    Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: LEAST_HITS + hits * MORE_OFTEN });
    try {
      const [run] = await startTests([file.filepath], quiet);
      return failed || run?.result?.state === 'fail';
    } finally {
      switches.activeMutant = undefined;
      vi.restoreAllMocks();
    }
  }
}

/** Makes the next import of a test file evaluate it again. */
function forget(runner: TestRunner, filepath: string): void {
  const { evaluatedModules } = assume<{ workerState: { evaluatedModules: EvaluatedModules } }>(
    runner,
  ).workerState;
  const module = evaluatedModules.getModuleById(filepath);
  if (module) evaluatedModules.invalidateModule(module);
}

interface EvaluatedModules {
  getModuleById(id: string): object | undefined;
  invalidateModule(module: object): void;
}

function testsOf(suite: Suite | undefined): Test[] {
  return (suite?.tasks ?? []).flatMap((task) => (task.type === 'suite' ? testsOf(task) : [task]));
}

function note(line: Progress): void {
  appendFileSync(progress, `${JSON.stringify({ ...line, by: path.normalize(line.by) })}\n`);
}

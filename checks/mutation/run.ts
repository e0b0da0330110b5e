import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { instrument } from './instrument.js';
import { PLAN_KEY, PROGRESS_KEY, type Progress, readProgress } from './plan.js';
import type { Fate, RoomResult, Survivor } from './results.js';
import type { Room } from './rooms.js';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** A mutant that keeps the process busy for this long without a word has made a loop endless. */
const HUNG_MS = 45_000;
const LOOK_MS = 1_000;

/** Runs the tests of a room once for each of its mutants, and says which they noticed. */
export async function runRoom(room: Room, directory: string): Promise<RoomResult> {
  mkdirSync(directory, { recursive: true });
  const plan = await instrument(room.files, REPOSITORY);
  const planFile = path.join(directory, 'plan.json');
  const progressFile = path.join(directory, 'progress.jsonl');
  writeFileSync(planFile, JSON.stringify(plan));
  writeFileSync(progressFile, '');
  const environment = { ...process.env, [PLAN_KEY]: planFile, [PROGRESS_KEY]: progressFile };
  while (!(await finishes(vitest(room.tests, environment), progressFile)));
  const progress = byMutant(readProgress(progressFile));
  if (progress.size === 0) throw new Error(`No test of ${room.name} ran: do they pass without mutants?`);
  const survivors: Survivor[] = [];
  let endless = 0;
  for (const { id, ...mutant } of plan.mutants) {
    const fate = fateOf(progress.get(id) ?? []);
    if (fate === 'endless') endless++;
    if (fate === 'survived' || fate === 'not reached') survivors.push({ ...mutant, fate });
  }
  return { mutants: plan.mutants.length, endless, survivors };
}

function vitest(tests: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  const config = path.join(import.meta.dirname, 'vitest.config.ts');
  const args = ['vitest', 'run', '--config', config, '--reporter', 'dot', '--passWithNoTests', ...tests];
  // A group of its own, so that a hung worker can be ended together with what started it.
  return spawn('npx', args, { cwd: REPOSITORY, env: environment, stdio: 'ignore', detached: true });
}

/** Whether the run came to its end by itself. What hangs is ended, and the next run goes on behind it. */
async function finishes(child: ChildProcess, progressFile: string): Promise<boolean> {
  const ended = new Promise<'ended'>((resolve) => {
    child.once('exit', () => {
      resolve('ended');
    });
  });
  const started = Date.now();
  const { size } = statSync(progressFile);
  while ((await Promise.race([ended, sleep(LOOK_MS)])) !== 'ended') {
    const lastWord = Math.max(started, statSync(progressFile).mtimeMs);
    if (Date.now() - lastWord < HUNG_MS) continue;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await ended;
    if (statSync(progressFile).size === size) throw new Error('The tests hang without any mutant');
    return false;
  }
  return true;
}

function fateOf(progress: readonly Progress[]): Fate {
  if (progress.some(({ event }) => event === 'killed')) return 'killed';
  const survived = new Set(progress.filter(({ event }) => event === 'survived').map(({ by }) => by));
  if (progress.some(({ event, by }) => event === 'started' && !survived.has(by))) return 'endless';
  return progress.length > 0 ? 'survived' : 'not reached';
}

function byMutant(progress: readonly Progress[]): ReadonlyMap<string, readonly Progress[]> {
  const groups = new Map<string, Progress[]>();
  for (const line of progress) {
    const group = groups.get(line.id);
    if (group === undefined) groups.set(line.id, [line]);
    else group.push(line);
  }
  return groups;
}

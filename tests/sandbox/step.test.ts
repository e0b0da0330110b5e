import { assume } from 'loopback-kit';
import { beforeEach, expect, it } from 'vitest';

import { Narrator } from '../../sandbox/narrator.js';
import type { Stage } from '../../sandbox/stage.js';
import { runSteps, type Step, type Wish } from '../../sandbox/step.js';

let text: string;
let narrator: Narrator;
let ran: string[];

beforeEach(() => {
  text = '';
  ran = [];
  narrator = new Narrator({ write: (part) => (text += part), width: 80, colours: false });
});

function step(title: string, error?: Error): Step {
  const run = (): Promise<void> => {
    ran.push(title);
    return error === undefined ? Promise.resolve() : Promise.reject(error);
  };
  return { title, run };
}

async function runAll(
  steps: readonly Step[],
  running: boolean,
  { stopped = new AbortController(), wishes }: { stopped?: AbortController; wishes?: Wish[] } = {},
): Promise<{ ran: number; quit: boolean }> {
  const botEnded = new Promise<never>(() => undefined);
  const pause = wishes && ((): Promise<Wish> => Promise.resolve(wishes.shift() ?? 'next'));
  return runSteps(steps, assume<Stage>({ narrator, running, botEnded }), { stopped: stopped.signal, pause });
}

it('runs every step, even after one has failed', async () => {
  await runAll([step('first', new Error('odd')), step('second')], true);
  expect(ran).toEqual(['first', 'second']);
  expect(text).toContain('━━ 1 of 2 · first ━━');
  expect(text).toContain('seen:     odd');
  expect(narrator.failures).toBe(1);
});

it('does not go on without the bot', async () => {
  await runAll([step('first', new Error('it exited')), step('second')], false);
  expect(ran).toEqual(['first']);
  expect(text).toContain('The tour cannot go on without the bot.');
});

it('does nothing once it has been stopped', async () => {
  const stopped = new AbortController();
  stopped.abort();
  await runAll([step('first')], true, { stopped });
  expect(ran).toEqual([]);
});

it('asks before every step but the first, and stops where the reader wants to', async () => {
  const steps = [step('first'), step('second'), step('third')];
  expect(await runAll(steps, true, { wishes: ['next', 'skip'] })).toEqual({ ran: 2, quit: false });
  expect(ran).toEqual(['first', 'second']);
  expect(await runAll(steps, true, { wishes: ['quit'] })).toEqual({ ran: 1, quit: true });
  expect(await runAll(steps, true, { wishes: [] })).toEqual({ ran: 3, quit: false });
});

import type { Stage } from './stage.js';

/** One step of the tour. */
export interface Step {
  readonly title: string;
  /** Says what it is about to do, does it, shows the result and checks it. */
  readonly run: (stage: Stage) => Promise<void>;
}

/** What the reader wants before a step: to see it, to go to the prompt instead, or to leave. */
export type Wish = 'next' | 'quit' | 'skip';

interface RunOptions {
  readonly stopped: AbortSignal;
  /** Asked before every step but the first. */
  readonly pause?: ((title: string) => Promise<Wish>) | undefined;
}

/**
 * Runs steps in order, as long as the bot runs. A step that throws has failed; `narrator.failures` counts. Resolves with
 * how many steps were run, and whether the reader wants to leave.
 */
export async function runSteps(
  steps: readonly Step[],
  stage: Stage,
  { stopped, pause }: RunOptions,
): Promise<{ readonly ran: number; readonly quit: boolean }> {
  const { narrator } = stage;
  for (const [index, { title, run }] of steps.entries()) {
    const wish = index === 0 ? 'next' : ((await pause?.(title)) ?? 'next');
    if (stopped.aborted || wish !== 'next') return { ran: index, quit: wish === 'quit' };
    narrator.heading(`${index + 1} of ${steps.length} · ${title}`);
    try {
      await Promise.race([run(stage), stage.botEnded]);
    } catch (error) {
      if (stopped.aborted) return { ran: index, quit: false };
      narrator.stepFailed(error instanceof Error ? error.message : String(error));
      if (!stage.running) {
        narrator.tell('The tour cannot go on without the bot.');
        return { ran: index + 1, quit: false };
      }
    }
  }
  return { ran: steps.length, quit: false };
}

import type { Stage } from './stage.js';

/** One step of the tour. */
export interface Step {
  readonly title: string;
  /** Says what it is about to do, does it, shows the result and checks it. */
  readonly run: (stage: Stage) => Promise<void>;
}

/** Runs steps in order, as long as the bot runs. A step that throws has failed; `narrator.failures` counts. */
export async function runSteps(steps: readonly Step[], stage: Stage, stopped: AbortSignal): Promise<void> {
  const { narrator } = stage;
  for (const [index, { title, run }] of steps.entries()) {
    if (stopped.aborted) return;
    narrator.heading(`${index + 1} of ${steps.length} · ${title}`);
    try {
      await Promise.race([run(stage), stage.botEnded]);
    } catch (error) {
      if (stopped.aborted) return;
      narrator.stepFailed(error instanceof Error ? error.message : String(error));
      if (!stage.running) {
        narrator.tell('The tour cannot go on without the bot.');
        return;
      }
    }
  }
}

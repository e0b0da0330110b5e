import type { Stage } from './stage.js';
import { assistantSteps } from './steps/assistant.js';
import { guardingSteps } from './steps/guarding.js';
import { reloadingSteps } from './steps/reloading.js';

/** One thing that the tour does, shows and checks. */
export interface Step {
  readonly title: string;
  /** Says in a sentence what it is going to do, does it, shows what can be seen, checks it. */
  readonly run: (stage: Stage) => Promise<void>;
}

/** The tour, in order. A feature that an administrator should see gets its step here; each builds on those before. */
export const tour: readonly Step[] = [...reloadingSteps, ...assistantSteps, ...guardingSteps];

/** Runs the steps until the bot has ended. A step that throws has failed; `narrator.failures` counts. */
export async function runTour(steps: readonly Step[], stage: Stage, stopped: AbortSignal): Promise<void> {
  const { narrator } = stage;
  for (const [index, { title, run }] of steps.entries()) {
    if (stopped.aborted) return;
    narrator.heading(`${index + 1} of ${steps.length} · ${title}`);
    try {
      await Promise.race([run(stage), stage.botEnded]);
    } catch (error) {
      if (stopped.aborted) return;
      narrator.failed(error instanceof Error ? error.message : String(error));
      if (!stage.running) {
        narrator.tell('Without the bot there is nothing more to show.');
        return;
      }
    }
  }
}

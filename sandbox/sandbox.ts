import { Narrator } from './narrator.js';
import { runPrompt } from './prompt.js';
import { Stage } from './stage.js';
import { runTour } from './tour.js';
import type { Step } from './tour.js';

export interface SandboxOptions {
  readonly steps: readonly Step[];
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Whether somebody sits there who may go on at a prompt. */
  readonly interactive: boolean;
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Ends everything at once, in good order. */
  readonly stopped: AbortSignal;
}

/** The tour, then the prompt. Resolves with the exit code once everything is cleared away. */
export async function runSandbox({
  steps,
  interactive,
  stopped,
  ...terminal
}: SandboxOptions): Promise<number> {
  const { output, width, colours } = terminal;
  const narrator = new Narrator({ write: (text) => void output.write(text), width, colours });
  const stage = await Stage.open(narrator);
  const close = (): void => void stage.close();
  stopped.addEventListener('abort', close);
  try {
    if (!stopped.aborted) {
      introduce(stage);
      await runTour(steps, stage, stopped);
      conclude(stage, steps.length, stopped);
      if (interactive && stage.running && !stopped.aborted) await runPrompt(stage, { ...terminal, stopped });
    }
    const exit = await stage.close();
    if (stopped.aborted) {
      narrator.tell('Stopped. The bot has ended, and the temporary directory is removed.');
      return 1;
    }
    stage.equal(
      'the bot ended in good order, and the temporary directory is removed',
      `exit code ${String(exit?.code)}`,
      'exit code 0',
    );
    return narrator.failures > 0 ? 1 : 0;
  } finally {
    stopped.removeEventListener('abort', close);
    await stage.close();
  }
}

function introduce({ narrator, file }: Stage): void {
  narrator.heading('A bot whose configuration is alive');
  narrator.tell(
    'The real bot is about to run against a Discord on this machine: no account, no network. alice administers ' +
      'the server there, bob is an ordinary member. What you will see is what an administrator sees; the margin ' +
      'says where. Secrets are hidden, and the log is shown without its dates.',
  );
  narrator.tell(`The file being edited is ${file}`);
}

function conclude({ narrator }: Stage, steps: number, stopped: AbortSignal): void {
  if (stopped.aborted) return;
  const { checks, failures, paint } = narrator;
  narrator.heading('The end of the tour');
  narrator.tell(
    failures === 0
      ? paint.green(`All ${steps} steps did what they say: ${checks} checks held.`)
      : paint.red(`${failures} of ${checks} checks failed; look for ✘ above.`),
  );
}

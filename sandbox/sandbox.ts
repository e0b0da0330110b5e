import { Narrator } from './narrator.js';
import { runPrompt } from './prompt.js';
import { Stage } from './stage.js';
import { runSteps } from './step.js';
import type { Step } from './step.js';

interface SandboxOptions {
  readonly steps: readonly Step[];
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Whether a user is there to go on at a prompt. */
  readonly interactive: boolean;
  readonly colours: boolean;
  /** Of the terminal, in columns. */
  readonly width: number;
  /** Stops everything immediately, but cleanly. */
  readonly stopped: AbortSignal;
}

/** Runs the tour, then the prompt. Resolves with the exit code once everything has been cleaned up. */
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
      await runSteps(steps, stage, stopped);
      conclude(stage, steps.length, stopped);
      if (interactive && stage.running && !stopped.aborted) await runPrompt(stage, { ...terminal, stopped });
    }
    const exit = await stage.close();
    if (stopped.aborted) {
      narrator.tell('Stopped. The bot has exited, and the temporary directory has been removed.');
      return 1;
    }
    stage.equal(
      'the bot exited cleanly, and the temporary directory has been removed',
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
  narrator.heading('A bot with a live configuration');
  narrator.tell(
    'The real bot is about to run against a Discord on this machine: no account, no network. alice is an ' +
      'administrator of its server, bob an ordinary member. You will see what an administrator sees; the margin says ' +
      'where. Secrets are hidden, and the log is shown without dates.',
  );
  narrator.tell(`The file that will be edited: ${file}`);
}

function conclude({ narrator }: Stage, steps: number, stopped: AbortSignal): void {
  if (stopped.aborted) return;
  const { checks, failures, paint } = narrator;
  narrator.heading('End of the tour');
  narrator.tell(
    failures === 0
      ? paint('green', `All ${steps} steps worked as described; ${checks} checks passed.`)
      : paint('red', `${failures} of ${checks} checks failed; look for ✘ above.`),
  );
}

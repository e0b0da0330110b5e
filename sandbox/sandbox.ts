import { Narrator } from './narrator.js';
import { pauseBefore } from './pause.js';
import { runPrompt } from './prompt/prompt.js';
import { Stage } from './stage.js';
import { runSteps } from './step.js';
import type { Step, Wish } from './step.js';

interface SandboxOptions {
  readonly steps: readonly Step[];
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Whether a user is there to go on at a prompt. */
  readonly interactive: boolean;
  /** Whether to wait for the user between two steps. */
  readonly pause?: boolean;
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
  pause = false,
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
      const wait = (title: string): Promise<Wish> => pauseBefore(title, narrator, { ...terminal, stopped });
      const { ran, quit } = await runSteps(steps, stage, { stopped, pause: pause ? wait : undefined });
      if (!stopped.aborted) conclude(stage, ran, steps.length);
      if (interactive && !quit && stage.running && !stopped.aborted)
        await runPrompt(stage, { ...terminal, stopped });
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

function conclude({ narrator }: Stage, ran: number, steps: number): void {
  const { checks, failures, paint } = narrator;
  const shown = ran < steps ? `${ran} of ${steps} steps were shown, and` : `All ${steps} steps`;
  narrator.heading('End of the tour');
  narrator.tell(
    failures === 0
      ? paint('green', `${shown} worked as described; ${checks} checks passed.`)
      : paint('red', `${failures} of ${checks} checks failed; look for ✘ above.`),
  );
}

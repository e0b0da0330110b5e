import { createInterface } from 'node:readline';

import type { Narrator } from './narrator.js';
import type { Wish } from './step.js';

interface PauseOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly stopped: AbortSignal;
}

/** Waits until the reader wants to go on. The end of the input and Ctrl-C mean to leave. */
export async function pauseBefore(
  title: string,
  narrator: Narrator,
  { input, output, stopped }: PauseOptions,
): Promise<Wish> {
  const terminal = createInterface({
    input,
    output,
    prompt: narrator.paint('cyan', 'Enter: next step · skip: to the prompt · quit > '),
    completer: (line: string) => [['skip', 'quit'].filter((word) => word.startsWith(line)), line],
  });
  const leave = (): void => terminal.close();
  stopped.addEventListener('abort', leave);
  terminal.on('SIGINT', leave);
  try {
    narrator.tell(`Next: ${title}`);
    terminal.prompt();
    for await (const line of terminal) {
      const word = line.trim().toLowerCase();
      if (word === '') return 'next';
      if (word === 'skip' || word === 'quit') return word;
      terminal.prompt();
    }
    return 'quit';
  } finally {
    stopped.removeEventListener('abort', leave);
    terminal.close();
  }
}

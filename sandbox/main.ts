// `npm run sandbox`: the real bot against a Discord on this machine, first as a guided tour, then at a prompt.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { runProgram, UsageError } from '../tests/support/command-line.js';
import { runSandbox } from './sandbox.js';
import { tour } from './tour.js';

const USAGE = 'npm run sandbox [-- --pause]\n  --pause   in a terminal: wait for Enter before each step\n';

const { stdin: input, stdout: output, stderr, env } = process;

/** In columns: what reads well; a pipe has no width. */
const WIDTH = { min: 60, max: 100 };

/** The exit codes that shells report for these signals. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

// As an operator has it: nobody else may read a file with secrets, nor any that takes its place.
process.umask(0o077);

const stop = new AbortController();
for (const [signal, code] of Object.entries(EXIT_CODES))
  // A Ctrl-C may arrive twice, from the terminal and from tsx: only the first counts.
  process.on(signal, () => {
    process.exitCode ??= code;
    stop.abort();
  });
// Whatever read our output has exited.
output.on('error', () => {
  process.exitCode ??= 1;
  stop.abort();
});

await runProgram(USAGE, async (args) => {
  const { values } = parseArgs({ args: [...args], options: { pause: { type: 'boolean', default: false } } });
  const interactive = input.isTTY && output.isTTY;
  if (values.pause && !interactive) throw new UsageError('--pause needs a terminal');
  if (!existsSync(fileURLToPath(new URL('../dist/main.js', import.meta.url)))) {
    stderr.write('The bot has not been built. Start the sandbox with: npm run sandbox\n');
    process.exitCode = 1;
    return;
  }
  const code = await runSandbox({
    steps: tour,
    input,
    output,
    interactive,
    pause: values.pause,
    colours: output.isTTY && (env['NO_COLOR'] ?? '') === '',
    width: output.isTTY ? Math.min(WIDTH.max, Math.max(WIDTH.min, output.columns)) : WIDTH.max,
    stopped: stop.signal,
  });
  process.exit(process.exitCode ?? code);
});

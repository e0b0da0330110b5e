// `npm run sandbox`: the real bot against a Discord of our own, first as a guided tour, then at a prompt.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { runSandbox } from './sandbox.js';
import { tour } from './tour.js';

const { stdin: input, stdout: output, stderr, env } = process;

/** Columns: what reads well; a pipe has none of its own. */
const WIDTH = { least: 60, most: 100, unknown: 100 };

/** What a shell reports for a process that ended by these signals. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

const stop = new AbortController();
for (const [signal, code] of Object.entries(EXIT_CODES))
  // One Ctrl-C may arrive twice, from the terminal and from tsx: only the first counts.
  process.on(signal, () => {
    process.exitCode ??= code;
    stop.abort();
  });
// The reader of a pipe went away.
output.on('error', () => {
  process.exitCode ??= 1;
  stop.abort();
});

if (existsSync(fileURLToPath(new URL('../dist/main.js', import.meta.url)))) {
  const code = await runSandbox({
    steps: tour,
    input,
    output,
    interactive: input.isTTY && output.isTTY,
    colours: output.isTTY && (env['NO_COLOR'] ?? '') === '',
    width: output.isTTY ? Math.min(WIDTH.most, Math.max(WIDTH.least, output.columns)) : WIDTH.unknown,
    stopped: stop.signal,
  });
  process.exit(process.exitCode ?? code);
} else {
  stderr.write('The bot is not built yet. Start the sandbox with: npm run sandbox\n');
  process.exitCode = 1;
}

import type { Clock } from '../../src/config/clock.js';
import { checkConfig } from '../../src/config/index.js';
import { configurationFrom } from '../../src/configuration.js';
import { runCommandLine } from '../../src/lib/command-line/command-line.js';
import { launch, MAIN } from '../../tests/support/rig/index.js';
import type { Sinks } from './sinks.js';

/** Everything that prints something of a file. */
const COMMANDS = [
  ['check'],
  ['check', '--format', 'json'],
  ['check', '--format', 'github'],
  ['print'],
  ['print', '--json'],
] as const;

/** Records what the command line says of a text, and to somebody who types a secret of it in the place of a word. */
export async function recordCommandLine(
  text: string,
  typed: readonly string[],
  { sinks, position, clock }: { readonly sinks: Sinks; readonly position: string; readonly clock: Clock },
): Promise<void> {
  const explained = [...keysIn(text), ...typed].map((key) => ['explain', key]);
  const mistyped = typed.flatMap((word) => [[word], ['check', '--format', word]]);
  for (const words of [...COMMANDS, ...explained, ...mistyped]) {
    const record = (stream: string) => ({
      write: (said: string) => {
        sinks.add(`command line: ${stream}`, position, said);
      },
    });
    await runCommandLine(words, {
      stdout: record('stdout'),
      stderr: record('stderr'),
      environmentOnly: [],
      check: (_where, masker) =>
        checkConfig({ ...configurationFrom({}, '/srv/bot/.env'), masker, clock, text }),
    });
  }
}

/** The key that stands last, under which the hunt puts a secret: none or one. */
function keysIn(text: string): readonly string[] {
  return [...text.matchAll(/^([\w.-]{1,100})=/gm)].flatMap(([, key = '']) => key).slice(-1);
}

/** The same of the built program, in a directory that holds the file. */
export async function huntProgram(
  cwd: string,
  env: Readonly<Record<string, string>>,
  { sinks, position }: { readonly sinks: Sinks; readonly position: string },
): Promise<void> {
  const programs = COMMANDS.map((words) => launch({ cwd, env, command: [process.execPath, MAIN, ...words] }));
  for (const program of programs) {
    await program.exit;
    sinks.add('command line: stdout', position, program.stdout);
    sinks.add('command line: stderr', position, program.stderr);
  }
}

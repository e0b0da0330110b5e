import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

/** The URL of a module of the sandbox, as source text. */
const moduleUrl = (file: string): string =>
  JSON.stringify(new URL(`../../sandbox/${file}`, import.meta.url).href);

/** Writes a program like `sandbox/main.ts` with other steps, given as source text that can use `tour`. */
export async function sandboxWith({
  steps,
  interactive = false,
  pause = false,
}: {
  readonly steps: string;
  readonly interactive?: boolean;
  readonly pause?: boolean;
}): Promise<{ readonly file: string }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sandbox-script-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = path.join(directory, 'main.mts');
  await writeFile(
    file,
    `import { runSandbox } from ${moduleUrl('sandbox.ts')};
import { tour } from ${moduleUrl('tour.ts')};
process.exit(await runSandbox({
  steps: ${steps},
  input: process.stdin,
  output: process.stdout,
  interactive: ${String(interactive)},
  pause: ${String(pause)},
  colours: false,
  width: 100,
  stopped: new AbortController().signal,
}));
`,
  );
  return { file };
}

/** Runs such a program without a terminal, from an unrelated directory. */
export async function runSandboxScript(file: string): Promise<{ text: string; code: number | null }> {
  const tsx = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
  const child = spawn(tsx, [file], { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { text, code };
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

const room = (file: string): string => JSON.stringify(new URL(`../../sandbox/${file}`, import.meta.url).href);

/** Writes a program like `sandbox/main.ts` with other steps, given as source text that may speak of `tour`. */
export async function startSandbox({
  steps,
  interactive = false,
}: {
  readonly steps: string;
  readonly interactive?: boolean;
}): Promise<{ readonly file: string }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sandbox-script-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = path.join(directory, 'main.mts');
  await writeFile(
    file,
    `import { runSandbox } from ${room('sandbox.ts')};
import { tour } from ${room('tour.ts')};
process.exit(await runSandbox({
  steps: ${steps},
  input: process.stdin,
  output: process.stdout,
  interactive: ${String(interactive)},
  colours: false,
  width: 100,
  stopped: new AbortController().signal,
}));
`,
  );
  return { file };
}

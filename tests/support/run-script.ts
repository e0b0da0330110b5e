import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const REPOSITORY = path.join(import.meta.dirname, '../..');

export interface ScriptResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a TypeScript program of this repository, as the scripts of package.json do. */
export async function runScript(
  file: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ScriptResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...words], {
    cwd: REPOSITORY,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, stdout, stderr };
}

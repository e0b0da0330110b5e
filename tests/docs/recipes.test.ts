import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { temporaryDirectory } from '../support/temporary-directory.js';
import { codeBlock } from './guide.js';

const PAGE = 'docs/architecture.md';
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** What has to be there to compile the bot and to write its documents. */
const NEEDED = [
  'src',
  'scripts',
  'docs/settings.md',
  '.env.example',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

const COMPILING_MS = 60_000;

it(
  'adds a setting, a command and a subscriber by the recipes of the architecture page',
  { timeout: COMPILING_MS },
  () => {
    const copy = temporaryDirectory();
    const inCopy = (file: string): string => path.join(copy, file);
    mkdirSync(inCopy('docs'));
    for (const file of NEEDED) cpSync(path.join(REPOSITORY, file), inCopy(file), { recursive: true });
    symlinkSync(path.join(REPOSITORY, 'node_modules'), inCopy('node_modules'));

    const settings = readFileSync(inCopy('src/settings.ts'), 'utf8');
    const start = 'export const settings = {\n';
    expect(settings).toContain(start);
    writeFileSync(
      inCopy('src/settings.ts'),
      settings.replace(start, () => start + codeBlock(PAGE, 'recipe', 'setting')),
    );
    writeFileSync(inCopy('src/commands/hello.ts'), codeBlock(PAGE, 'recipe', 'command'));
    writeFileSync(inCopy('src/listeners/log-greeting.ts'), codeBlock(PAGE, 'recipe', 'subscriber'));

    const run = (tool: string, ...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(path.join(REPOSITORY, 'node_modules/.bin', tool), args, {
        cwd: copy,
        encoding: 'utf8',
      });
      return { status, output: stdout + stderr };
    };
    expect(run('tsc', '-p', 'tsconfig.build.json', '--noEmit')).toEqual({ status: 0, output: '' });
    expect(run('tsx', 'scripts/docs.ts')).toEqual({ status: 0, output: '' });
    expect(readFileSync(inCopy('.env.example'), 'utf8')).toContain('\n# GREETING=Hello!\n');
    expect(readFileSync(inCopy('docs/settings.md'), 'utf8')).toContain(
      '| `GREETING` | What `/hello` answers.',
    );
  },
);

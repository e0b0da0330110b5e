import { spawnSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { temporaryDirectory } from '../support/temporary-directory.js';
import { codeBlock } from './guide.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

const COMPILING_MS = 60_000;

it(
  'shows an example of the engine that compiles, runs and keeps its secret',
  { timeout: COMPILING_MS },
  () => {
    const directory = temporaryDirectory();
    const write = (file: string, text: string): void => {
      writeFileSync(path.join(directory, file), text);
    };
    symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(directory, 'node_modules'));
    write('example.mts', codeBlock('docs/engine.md', 'example', 'engine'));
    write('.env', 'PORT=8081\nAPI_KEY=made-up-key-of-the-shop\nREGIONS=eu,us\n');
    write(
      'tsconfig.json',
      JSON.stringify({
        extends: path.join(REPOSITORY, 'tsconfig.json'),
        compilerOptions: {
          // The sources, so that this test needs no build.
          paths: { 'live-config-bot/config': [path.join(REPOSITORY, 'src/config/index.ts')] },
          // An example names what there is, and uses less.
          noUnusedLocals: false,
          noUnusedParameters: false,
          typeRoots: [path.join(REPOSITORY, 'node_modules/@types')],
        },
        include: ['example.mts'],
      }),
    );
    const run = (tool: string, ...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(path.join(REPOSITORY, 'node_modules/.bin', tool), args, {
        cwd: directory,
        encoding: 'utf8',
      });
      return { status, output: stdout + stderr };
    };
    expect(run('tsc', '-p', '.')).toEqual({ status: 0, output: '' });
    const { status, output } = run('tsx', 'example.mts');
    expect(output).toContain('[version: ');
    expect(output).not.toContain('made-up-key');
    expect(status).toBe(0);
  },
);

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { temporaryDirectory } from '../support/temporary-directory.js';

const REPOSITORY = path.join(import.meta.dirname, '../..');

it('npm run lint refuses an export and a file that nothing uses', () => {
  const directory = temporaryDirectory();
  copyFileSync(path.join(REPOSITORY, 'knip.json'), path.join(directory, 'knip.json'));
  const files = {
    'package.json': '{ "name": "scratch", "type": "module" }',
    'src/main.ts': "import { used } from './lib/scratch/scratch.js';\n\nused();\n",
    'src/lib/scratch/scratch.ts': 'export function used() {}\nexport function unused() {}\n',
    'src/lib/scratch/forgotten.ts': 'export {};\n',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    writeFileSync(path.join(directory, file), text);
  }
  const { status, stdout } = spawnSync(
    path.join(REPOSITORY, 'node_modules/.bin/knip'),
    ['--include', 'files,exports', '--reporter', 'compact'],
    { cwd: directory, encoding: 'utf8' },
  );
  expect(stdout).toContain('src/lib/scratch/scratch.ts: unused');
  expect(stdout).toContain('src/lib/scratch/forgotten.ts');
  expect(stdout).not.toContain('src/main.ts');
  expect(status).toBe(1);
});

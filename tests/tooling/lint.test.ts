import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { assume } from 'loopback-kit';
import { expect, it } from 'vitest';

import { temporaryDirectory } from '../support/temporary-directory.js';

const REPOSITORY = path.join(import.meta.dirname, '../..');

/** File → a module that it must not import. */
const AGAINST_THE_ARROWS: readonly (readonly [file: string, module: string])[] = [
  ['src/config/scratch.ts', 'discord.js'],
  ['src/config/scratch.ts', '../settings.js'],
  ['src/config/read/scratch.ts', '@sapphire/framework'],
  ['src/config/read/scratch.ts', '../../lib/views/reload-report.js'],
  ['src/config/read/scratch.ts', '../live-config.js'],
  ['src/config/faults/scratch.ts', '../snapshot/snapshot.js'],
  ['src/config/settings/scratch.ts', '../parse/scanner.js'],
  ['src/settings.ts', 'discord.js'],
  ['src/settings.ts', './config/settings/schemas.js'],
  ['src/app.ts', './config/live-config.js'],
  ['src/lib/views/scratch.ts', '../../services/config.js'],
  ['src/lib/views/scratch.ts', '../../commands/ask.js'],
  ['src/lib/views/scratch.ts', '../../config/outcome.js'],
  ['src/lib/views/scratch.ts', '../../settings.js'],
  ['src/lib/assistant/model/scratch.ts', '../../../services/config.js'],
  ['src/services/scratch.ts', '../commands/ask.js'],
  ['src/services/scratch.ts', './config.js'],
  ['src/services/scratch.ts', '../config/snapshot/diff.js'],
  ['src/commands/scratch.ts', './ask.js'],
  ['src/commands/scratch.ts', '../services/config.js'],
  ['src/listeners/scratch.ts', '../commands/ask.js'],
  ['src/preconditions/scratch.ts', '../config/index.js'],
  ['src/interaction-handlers/scratch.ts', '../settings.js'],
  ['src/lib/log/scratch.ts', 'loopback-discord'],
  ['src/services/scratch.ts', '../../sandbox/stage.js'],
  ['src/commands/scratch.ts', '../../tests/support/manual-clock.js'],
  ['src/main.ts', '../bench/options.js'],
  ['packages/loopback-discord/src/scratch.ts', '../../../src/settings.js'],
  ['bench/render/scratch.ts', '../../checks/torture/page.js'],
  ['checks/torture/scratch.ts', '../../bench/results.js'],
  ['sandbox/scratch.ts', '../checks/torture/page.js'],
];

const ALONG_THE_ARROWS: typeof AGAINST_THE_ARROWS = [
  ['src/config/scratch.ts', './read/watch.js'],
  ['src/config/read/scratch.ts', 'node:fs/promises'],
  ['src/config/read/scratch.ts', 'zod'],
  ['src/config/read/scratch.ts', '../parse/scanner.js'],
  ['src/config/faults/scratch.ts', '../clock.js'],
  ['src/settings.ts', './config/index.js'],
  ['src/app.ts', './config/index.js'],
  ['src/lib/views/scratch.ts', '../../config/index.js'],
  ['src/services/scratch.ts', '../settings.js'],
  ['src/commands/scratch.ts', '../lib/replies/replies.js'],
  ['checks/torture/scratch.ts', '../../tests/support/manual-clock.js'],
];

interface Complaint {
  readonly code: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

/** Lints these files (path → text) by the rules of this project. */
function lint(files: Readonly<Record<string, string>>): readonly Complaint[] {
  const directory = temporaryDirectory();
  copyFileSync(path.join(REPOSITORY, '.oxlintrc.json'), path.join(directory, '.oxlintrc.json'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    writeFileSync(path.join(directory, file), text);
  }
  const { stdout } = spawnSync(path.join(REPOSITORY, 'node_modules/.bin/oxlint'), ['--format', 'json'], {
    cwd: directory,
    encoding: 'utf8',
  });
  return assume<{ readonly diagnostics: readonly Complaint[] }>(JSON.parse(stdout)).diagnostics;
}

it('the linter refuses imports against the arrows between the rooms, and no others', () => {
  const modules: Record<string, string[]> = {};
  for (const [file, module] of [...AGAINST_THE_ARROWS, ...ALONG_THE_ARROWS])
    (modules[file] ??= []).push(module);
  const files = Object.entries(modules).map(([file, names]) => [
    file,
    names.map((module) => `import '${module}';\n`).join(''),
  ]);
  const refused = lint(Object.fromEntries(files))
    .filter(({ code }) => code === 'eslint(no-restricted-imports)')
    .map(({ filename, labels }) => [filename, modules[filename]?.[(labels[0]?.span.line ?? 0) - 1]]);
  expect(new Set(refused.map(String))).toEqual(new Set(AGAINST_THE_ARROWS.map(String)));
});

it('the linter lets lib/ import the types of the settings', () => {
  const text = "import type { Settings } from '../../settings.js';\nexport type Scratch = Settings;\n";
  const codes = lint({ 'src/lib/views/scratch.ts': text }).map(({ code }) => code);
  expect(codes).not.toContain('eslint(no-restricted-imports)');
});

it.each(['src/config', 'src/lib/scratch', 'packages/loopback-discord/src', 'sandbox', 'checks', 'bench'])(
  'the linter refuses two files of %s that import each other, even for a type',
  (room) => {
    const complaints = lint({
      [`${room}/one.ts`]: "import type { Two } from './two.js';\nexport interface One {\n  two: Two;\n}\n",
      [`${room}/two.ts`]: "import type { One } from './one.js';\nexport interface Two {\n  one: One;\n}\n",
    });
    expect(complaints).toContainEqual(
      expect.objectContaining({ code: 'import(no-cycle)', filename: `${room}/one.ts` }),
    );
  },
);

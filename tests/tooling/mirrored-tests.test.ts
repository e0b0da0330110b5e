import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** Files whose test is somewhere else, and where: what only a process shows, and parts that only make sense together. */
const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  'packages/loopback-discord/src/rest/routes/index.ts': 'tests/packages/loopback-discord/rest/rest.test.ts',
  'packages/loopback-discord/src/rest/routes/parts.ts':
    'tests/packages/loopback-discord/rest/routes/world.test.ts',
  'packages/loopback-discord/src/parts.ts': 'tests/packages/loopback-discord/server.test.ts',
  'packages/loopback-kit/src/values/assume.ts': 'tests/packages/loopback-kit/values/as-record.test.ts',
  'src/app.ts': 'tests/e2e/start-up.test.ts',
  'src/bot.ts': 'tests/e2e/start-up.test.ts',
  'src/main.ts': 'tests/e2e/start-up.test.ts',
  'src/config/faults/fault-texts.ts': 'tests/config/faults/config-error.test.ts',
  'src/interaction-handlers/config-preview.ts': 'tests/e2e/apply-button.test.ts',
  'src/lib/assistant/model/lazy-client.ts': 'tests/lib/assistant/model/model-client.test.ts',
  'src/lib/assistant/text/notices.ts': 'tests/lib/assistant/text/channel-history.test.ts',
  'src/lib/command-line/findings.ts': 'tests/lib/command-line/check.test.ts',
  'src/lib/command-line/output.ts': 'tests/lib/command-line/print.test.ts',
  'src/lib/gateway/discord-link.ts': 'tests/e2e/lost-connection.test.ts',
  'src/lib/gateway/rotatable-shard.ts': 'tests/e2e/token-rotation.test.ts',
  'src/lib/gateway/rotatable-sharding.ts': 'tests/e2e/token-rotation.test.ts',
  'src/lib/gateway/shard-context.ts': 'tests/e2e/token-rotation.test.ts',
  'src/lib/views/entry-lines.ts': 'tests/lib/views/status-view.test.ts',
  'src/services/assistant.ts': 'tests/e2e/assistant/answers.test.ts',
  'src/services/config.ts': 'tests/e2e/logs.test.ts',
  'src/services/history.ts': 'tests/e2e/config-history.test.ts',
  'src/services/memory.ts': 'tests/e2e/memory.test.ts',
  'src/services/metrics.ts': 'tests/e2e/metrics.test.ts',
  'src/services/reports.ts': 'tests/e2e/reports/reports.test.ts',
  'src/services/session.ts': 'tests/e2e/token-rotation.test.ts',
  'src/services/usage.ts': 'tests/e2e/assistant/allowance.test.ts',
};

/** Types, constants and doors have nothing that a test could find wrong: logic begins with a function. */
function hasLogic(file: string): boolean {
  let found = false;
  const note = (node: { readonly body: unknown }): void => {
    if (node.body !== null) found = true;
  };
  new Visitor({ FunctionDeclaration: note, FunctionExpression: note, ArrowFunctionExpression: note }).visit(
    parseSync(file, read(file)).program,
  );
  return found;
}

/**
 * Whether its test is where a reader looks: at the mirrored path, or in a table of all pieces of a kind, which says more
 * than a file for each.
 */
function isTestedInPlace(file: string): boolean {
  const mirror = mirrorOf(file);
  if (exists(mirror)) return true;
  const folder = path.dirname(mirror);
  return [folder, path.dirname(folder)].some((place) =>
    filesIn(place).some((test) => test.endsWith('.test.ts') && imports(`${place}/${test}`, file)),
  );
}

function imports(test: string, file: string): boolean {
  const specifier = path.relative(path.dirname(test), file).replace(/\.ts$/, '.js');
  return read(test).includes(`'${specifier}'`);
}

function mirrorOf(file: string): string {
  return file
    .replace(/^src\//, 'tests/')
    .replace(/^packages\/([^/]+)\/src\//, 'tests/packages/$1/')
    .replace(/\.ts$/, '.test.ts');
}

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d)\.ts$/.test(file))
    .map((file) => `${folder}/${file}`);
}

function filesIn(folder: string): string[] {
  return exists(folder) ? readdirSync(path.join(REPOSITORY, folder)) : [];
}

function exists(file: string): boolean {
  return existsSync(path.join(REPOSITORY, file));
}

function read(file: string): string {
  return readFileSync(path.join(REPOSITORY, file), 'utf8');
}

describe('a source file with logic', () => {
  const packages = filesIn('packages')
    .map((name) => `packages/${name}/src`)
    .filter(exists);
  const sources = ['src', ...packages].flatMap(sourcesIn).filter(hasLogic);

  it('has its test at the mirrored path, or the reader is told where it is', () => {
    expect(sources.length).toBeGreaterThan(150);
    const untested = sources.filter(
      (file) => !exists(TESTED_ELSEWHERE[file] ?? '-') && !isTestedInPlace(file),
    );
    expect(untested).toEqual([]);
  });
});

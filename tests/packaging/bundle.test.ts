import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';

import { assume } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { temporaryDirectory } from '../support/temporary-directory.js';

const REPOSITORY = path.join(import.meta.dirname, '../..');
const CHUNKS = path.join(REPOSITORY, 'dist/chunks');

const STORES = ['services', 'commands', 'interaction-handlers', 'listeners', 'preconditions'];

function read(file: string): string {
  return readFileSync(path.join(REPOSITORY, file), 'utf8');
}

describe('the bundle', () => {
  const code = readdirSync(CHUNKS)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(path.join(CHUNKS, file), 'utf8'));

  it('holds every piece', () => {
    const listed = [...code.join('\n').matchAll(/\{store:(["`'])([\w-]+)\1,name:(["`'])([\w-]+)\3/g)];
    const files = STORES.flatMap((store) =>
      readdirSync(path.join(REPOSITORY, 'src', store), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${store}/${path.basename(file, '.ts')}`),
    );
    expect(listed.map(([, , store = '', , name = '']) => `${store}/${name}`).toSorted()).toEqual(
      files.toSorted(),
    );
  });

  it('leads from a line of a stack to the source', () => {
    const known = 'Unknown strategy of a store';
    const chunk = readdirSync(CHUNKS).find(
      (file) => file.endsWith('.js') && readFileSync(path.join(CHUNKS, file), 'utf8').includes(known),
    );
    const lines = readFileSync(path.join(CHUNKS, chunk ?? ''), 'utf8').split('\n');
    const line = lines.findIndex((each) => each.includes(known));
    const map = new SourceMap(JSON.parse(readFileSync(path.join(CHUNKS, `${chunk ?? ''}.map`), 'utf8')));
    const entry = assume<{ originalSource: string; originalLine: number }>(
      map.findEntry(line, lines[line]?.indexOf(known) ?? 0),
    );
    expect(path.resolve(CHUNKS, entry.originalSource)).toBe(
      path.join(REPOSITORY, 'src/lib/pieces/piece-loading.ts'),
    );
    expect(read('src/lib/pieces/piece-loading.ts').split('\n')[entry.originalLine]).toContain(known);
  });
});

it('the image has all that the bundle needs', () => {
  const copied = [...read('Dockerfile').matchAll(/ \.\/(node_modules\/[\w@/.-]+|dist)$/gm)].map(
    ([, to = '']) => to,
  );
  expect(copied).toContain('dist');
  const image = temporaryDirectory();
  for (const each of copied) {
    mkdirSync(path.dirname(path.join(image, each)), { recursive: true });
    cpSync(path.join(REPOSITORY, each), path.join(image, each), { recursive: true });
  }
  cpSync(path.join(REPOSITORY, 'package.json'), path.join(image, 'package.json'));
  const run = (...args: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: image, env: {}, encoding: 'utf8' });
    return { status, stderr };
  };
  expect(run('dist/main.js')).toEqual({ status: 78, stderr: expect.stringMatching(/^❌ Cannot start/) });
  expect(run('--eval', "new (require('libsql'))(':memory:')")).toEqual({ status: 0, stderr: '' });
});

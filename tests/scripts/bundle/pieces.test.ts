import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { assume } from 'loopback-kit';
import { expect, it } from 'vitest';

import { piecesIn, piecesModule } from '../../../scripts/bundle/pieces.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const STORES = ['services', 'commands', 'interaction-handlers', 'listeners', 'preconditions'];

function buildWith(files: readonly string[]): string {
  const build = temporaryDirectory();
  for (const store of STORES) mkdirSync(path.join(build, store));
  for (const file of files) {
    mkdirSync(path.dirname(path.join(build, file)), { recursive: true });
    writeFileSync(path.join(build, file), `export class Piece { static file = '${file}' }\n`);
  }
  return build;
}

it('finds the pieces that Sapphire would find, by the names that it gives them', () => {
  const build = buildWith([
    'commands/hello.js',
    'commands/hello.js.map',
    'commands/_shared.js',
    'listeners/deep/down/greet.js',
    'lib/no-piece.js',
  ]);
  expect(piecesIn(build)).toEqual([
    { store: 'commands', name: 'hello', file: path.join(build, 'commands/hello.js') },
    { store: 'listeners', name: 'greet', file: path.join(build, 'listeners/deep/down/greet.js') },
  ]);
});

it('writes a module that holds all of them', async () => {
  const build = buildWith(['services/one.js', 'listeners/two.js']);
  const file = path.join(build, 'list.mjs');
  writeFileSync(path.join(build, 'package.json'), '{ "type": "module" }');
  writeFileSync(file, piecesModule(piecesIn(build)));
  const { bundledPieces } = assume<{ readonly bundledPieces: readonly { piece: { file: string } }[] }>(
    await import(pathToFileURL(file).href),
  );
  expect(bundledPieces).toMatchObject([
    { store: 'services', name: 'one' },
    { store: 'listeners', name: 'two' },
  ]);
  expect(bundledPieces.map(({ piece }) => piece.file)).toEqual(['services/one.js', 'listeners/two.js']);
});

import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { build, type Plugin } from 'rolldown';

import { piecesIn, piecesModule } from './pieces.js';

/** What `tsc` has compiled, which is what gets bundled. */
const COMPILED = path.resolve('build');
const BUNDLE = path.resolve('dist');

/** Native code, which cannot be bundled, and what `ws` and discord.js use only if it is there. */
const EXTERNAL = ['libsql', 'bufferutil', 'utf-8-validate', 'zlib-sync'];

/** Stacks name functions; errors, Sapphire and discord.js name classes. */
const NAMED = { function: true, class: true };

/** Hands over the source maps of the compiler, so that those of the bundle lead to the TypeScript. */
const compiled: Plugin = {
  name: 'compiled',
  load(id) {
    if (id === path.join(COMPILED, 'lib/pieces/bundled-pieces.js')) return piecesModule(piecesIn(COMPILED));
    if (!id.startsWith(COMPILED) || !existsSync(`${id}.map`)) return null;
    return { code: readFileSync(id, 'utf8'), map: readFileSync(`${id}.map`, 'utf8') };
  },
};

/** Leaves out the source maps of dependencies: a stack names their functions, and a large map costs the start. */
const withoutMaps: Plugin = {
  name: 'without-maps',
  transform: {
    filter: { id: /node_modules/ },
    handler: (code) => ({ code, map: { mappings: '' } }),
  },
};

await build({
  input: path.join(COMPILED, 'main.js'),
  platform: 'node',
  external: EXTERNAL,
  plugins: [compiled, withoutMaps],
  // discord.js evaluates the scripts of its own sharding manager, which the bot has not.
  checks: { eval: false },
  output: {
    dir: BUNDLE,
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    // Node reads the maps of what is loaded after this.
    intro: ({ isEntry }) => (isEntry ? 'process.setSourceMapsEnabled(true);' : ''),
    sourcemap: true,
    sourcemapExcludeSources: true,
    // The text of a program stays in memory: short, and one byte a character.
    comments: false,
    minify: { compress: { keepNames: NAMED }, mangle: { keepNames: NAMED }, codegen: { asciiOnly: true } },
    keepNames: true,
  },
});

// The engine as a library is the plain build, with its types.
cpSync(path.join(COMPILED, 'config'), path.join(BUNDLE, 'config'), { recursive: true });

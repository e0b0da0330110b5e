import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The folders in which Sapphire looks for pieces, named after their stores. */
const STORES = ['services', 'commands', 'interaction-handlers', 'listeners', 'preconditions'] as const;

/** A file that Sapphire loads as a piece. */
export interface PieceFile {
  readonly store: string;
  readonly name: string;
  readonly file: string;
}

/** Every piece in a folder with the stores, found and named as Sapphire does. */
export function piecesIn(folder: string): readonly PieceFile[] {
  return STORES.flatMap((store) =>
    readdirSync(path.join(folder, store), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js') && !path.basename(file).startsWith('_'))
      .toSorted()
      .map((file) => ({ store, name: path.basename(file, '.js'), file: path.join(folder, store, file) })),
  );
}

/** A module that takes the place of `src/lib/pieces/bundled-pieces.ts`: it imports every piece, and lists them. */
export function piecesModule(pieces: readonly PieceFile[]): string {
  const imports = pieces.map(
    ({ file }, index) => `import * as _${String(index)} from ${JSON.stringify(file)};`,
  );
  const entries = pieces.map(
    ({ store, name }, index) =>
      `  { store: ${JSON.stringify(store)}, name: ${JSON.stringify(name)}, exports: _${String(index)} },`,
  );
  return [
    ...imports,
    'export const bundledPieces = [',
    ...entries,
    '].flatMap(({ exports, ...place }) => Object.values(exports).map((piece) => ({ ...place, piece })));',
    '',
  ].join('\n');
}

import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The part of the code that a score is stated for, and the tests that have to notice its mutants. */
export interface Room {
  readonly name: string;
  readonly files: readonly string[];
  /** Test files, or folders of them. */
  readonly tests: readonly string[];
}

/**
 * What only a process can show: the start, and pieces that are wiring between Discord, Sapphire and a room of `lib/`.
 * Their tests are in `tests/e2e`, which take seconds for each mutant.
 */
const PROCESS_TESTED =
  /^src\/(?:[^/]+|commands\/.*|services\/.*|interaction-handlers\/config-preview|lib\/replies\/presses|lib\/gateway\/(?:discord-link|rotatable-.*|shard-context))\.ts$/;

/** Rooms of the engine whose parts are only tested together. */
const BESIDES: Readonly<Record<string, readonly string[]>> = {
  'config/read': ['tests/config/live-config.test.ts'],
  'config/snapshot': ['tests/config/live-config.test.ts'],
};

/** Every room of `src/`: a folder, and the folders in it that have no tests apart. */
export function roomsOf(repository: string): readonly Room[] {
  const rooms = new Map<string, string[]>();
  for (const entry of readdirSync(path.join(repository, 'src'), { recursive: true, encoding: 'utf8' })) {
    const file = `src/${entry}`;
    if (!file.endsWith('.ts') || PROCESS_TESTED.test(file)) continue;
    const name = nameOf(entry);
    rooms.set(name, [...(rooms.get(name) ?? []), file]);
  }
  return [...rooms]
    .map(([name, files]) => ({ name, files: files.toSorted(), tests: testsOf(name, files) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** `config/secrets/signs/names.ts` belongs to config/secrets, `lib/assistant/model/chat.ts` to lib/assistant/model. */
function nameOf(file: string): string {
  const [first = '', ...folders] = path.dirname(file).split('/');
  const depth = first === 'lib' ? 2 : 1;
  return first === 'config' || first === 'lib' ? [first, ...folders.slice(0, depth)].join('/') : first;
}

function testsOf(name: string, files: readonly string[]): readonly string[] {
  const own =
    name === 'config'
      ? files.map((file) => file.replace(/^src\//, 'tests/').replace(/\.ts$/, '.test.ts'))
      : [`tests/${name}/`];
  return [...own, ...(BESIDES[name] ?? [])];
}

// `npm run mutation`: changes the code in thousands of small ways, and tells which changes no test notices.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { assume } from 'loopback-kit';

import { readJson, runProgram, UsageError } from '../../tests/support/command-line.js';
import { writePage } from '../check.js';
import { renderPage, renderRoom } from './page.js';
import { reachesTarget, type Results, type RoomResult, scoreOf } from './results.js';
import { type Room, roomsOf } from './rooms.js';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');
const RESULTS = path.join(REPOSITORY, 'docs/mutation/results.json');
const INSTALLED = path.join(import.meta.dirname, 'node_modules/@stryker-mutator/instrumenter');

const USAGE = `Usage: npm run mutation -- [room…] [--from]

Mutates the rooms of src/ (all of them, or those whose names begin with one of the arguments), runs their tests, lists
the mutants that survive, and updates docs/mutation.md. Install its tools first: npm ci --prefix checks/mutation

  --from   only render the page from what was measured before
`;

await runProgram(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { from: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const results: Record<string, RoomResult> = existsSync(RESULTS) ? assume(readJson(RESULTS, 'results')) : {};
  const all = roomsOf(REPOSITORY);
  const names = all.map(({ name }) => name);
  const page = { name: 'mutation', renderPage: (measured: Results) => renderPage(measured, names) };
  const rooms = values.from ? [] : chosenFrom(all, positionals);
  if (rooms.length > 0 && !existsSync(INSTALLED))
    throw new UsageError('the tools are missing: npm ci --prefix checks/mutation');
  const directory = mkdtempSync(path.join(tmpdir(), 'mutation-'));
  for (const room of rooms) {
    const { runRoom } = await import('./run.js');
    const result = await runRoom(room, path.join(directory, room.name));
    process.stdout.write(`${room.name}: ${scoreOf([result]).toFixed(1)} %\n${renderRoom(result)}`);
    results[room.name] = result;
    writePage(page, results);
  }
  if (values.from) writePage(page, results);
  process.exitCode = reachesTarget(results) ? 0 : 1;
});

function chosenFrom(rooms: readonly Room[], names: readonly string[]): readonly Room[] {
  const unknown = names.find((name) => !rooms.some((room) => room.name.startsWith(name)));
  if (unknown !== undefined)
    throw new UsageError(
      `no room is called ${unknown}; there are ${rooms.map(({ name }) => name).join(', ')}`,
    );
  return names.length === 0
    ? rooms
    : rooms.filter((room) => names.some((name) => room.name.startsWith(name)));
}

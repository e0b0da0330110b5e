import { oneLine, reasonFor } from './justified.js';
import { type Results, type RoomResult, roomsIn, scoreOf, type Survivor } from './results.js';

const LONGEST_CODE = 90;

/** The survivors of a room for a terminal, a line each. */
export function renderRoom({ survivors }: RoomResult): string {
  return survivors
    .map((survivor) => `  ${survivor.fate} ${survivor.file}:${String(survivor.line)} ${changeIn(survivor)}\n`)
    .join('');
}

/** The page: a table of the rooms, and every survivor in a list that opens. `names` are those that should be measured. */
export function renderPage(results: Results, names: readonly string[]): string {
  const rooms = Object.entries(results).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const missing = names.filter((name) => results[name] === undefined);
  return `# Mutation score

<!-- Written by \`npm run mutation\`; edit checks/mutation/page.ts instead. -->

A mutant is the code with one small change: a condition turned round, a call left out, an expression cut. The tests
should notice it; one that survives them shows what no test states. They notice ${percent(roomsIn('engine', results))} of the mutants of
the engine (\`src/config/\`), and ${percent(roomsIn('rest', results))} of those of the other rooms of \`src/\`.

| room | mutants | survived | justified | score |
| --- | ---: | ---: | ---: | ---: |
${rooms.map(([name, room]) => row(name, room)).join('\n')}

${missing.length === 0 ? '' : `Not measured yet: ${missing.join(', ')}.\n\n`}Each room is held to its own unit tests, those at the mirrored path, without tests that take over three seconds and with 50
runs of each property. Stryker's instrumenter makes the mutants; the text of messages is not mutated. What only a whole
process shows has no score: the start of the bot, its slash and prefix commands, its services, the buttons under a dry
run, and the gateway's shards. \`tests/e2e\` is what tests those.

\`npm ci --prefix checks/mutation && npm run mutation -- config/parse\` measures a room again. Each room
is as it was when it was last measured: since then, lines may have moved and survivors died.

## Survivors

${rooms
  .filter(([, { survivors }]) => survivors.length > 0)
  .map(([name, room]) => survivorsOf(name, room))
  .join('\n\n')}
`;
}

function row(name: string, room: RoomResult): string {
  const justified = room.survivors.filter((survivor) => reasonFor(survivor) !== null).length;
  const cells = [name, room.mutants, room.survivors.length, justified, percent([room])];
  return `| ${cells.join(' | ')} |`;
}

/** Rounded down: what is short of a target is not shown as having reached it. */
function percent(rooms: readonly RoomResult[]): string {
  return `${(Math.floor(scoreOf(rooms) * 10) / 10).toFixed(1)} %`;
}

function survivorsOf(name: string, { survivors }: RoomResult): string {
  const items = survivors.map((survivor) => {
    const reason = reasonFor(survivor);
    const place = `\`${survivor.file}:${String(survivor.line)}\``;
    const what = survivor.fate === 'not reached' ? ' (reached by no test of the room)' : '';
    return `- ${place} ${code(changeIn(survivor))}${what}${reason === null ? '' : `: ${reason}`}`;
  });
  return `<details><summary>${name}: ${String(survivors.length)}</summary>\n\n${items.join('\n')}\n\n</details>`;
}

function changeIn({ original, replacement }: Survivor): string {
  return `${shortened(original)} → ${shortened(replacement)}`;
}

function shortened(text: string): string {
  const line = oneLine(text);
  return line.length > LONGEST_CODE ? `${line.slice(0, LONGEST_CODE)}…` : line;
}

/** In more backticks than it holds. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

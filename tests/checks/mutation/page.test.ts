import { describe, expect, it } from 'vitest';

import { renderPage, renderRoom } from '../../../checks/mutation/page.js';
import { reachesTarget, type RoomResult, scoreOf, type Survivor } from '../../../checks/mutation/results.js';

const survivor: Survivor = {
  file: 'src/config/parse/scanner.ts',
  line: 7,
  kind: 'ConditionalExpression',
  original: 'a ===\n  `b`',
  replacement: 'true',
  fate: 'survived',
};
const engine: RoomResult = { mutants: 40, endless: 1, survivors: [survivor] };
const other: RoomResult = { mutants: 3, endless: 0, survivors: [{ ...survivor, fate: 'not reached' }] };

describe('the page of the mutation score', () => {
  const page = renderPage({ 'lib/log': other, 'config/parse': engine }, [
    'config/parse',
    'lib/log',
    'lib/new',
  ]);

  it('states the score of the engine, of the rest, and of each room, never rounded up', () => {
    expect(page).toContain('They notice 97.5 % of the mutants');
    expect(page).toContain('66.6 % of those of the other rooms');
    expect(page).toContain('| config/parse | 40 | 1 | 0 | 97.5 % |\n| lib/log | 3 | 1 | 0 | 66.6 % |');
  });

  it('says which rooms have no score yet', () => {
    expect(page).toContain('Not measured yet: lib/new.');
  });

  it('lists every survivor with its place and its change on one line', () => {
    expect(page).toContain('- `src/config/parse/scanner.ts:7` `` a === `b` → true ``\n');
    expect(page).toContain('(reached by no test of the room)');
    expect(renderRoom(engine)).toBe('  survived src/config/parse/scanner.ts:7 a === `b` → true\n');
  });
});

it('the score is the share that was noticed, and of no mutants all of them', () => {
  expect(scoreOf([engine, { ...other, survivors: [] }])).toBeCloseTo((100 * 42) / 43);
  expect(scoreOf([])).toBe(100);
});

it('the engine has to reach 95 %, everything else 85 %', () => {
  const survivors = Array.from({ length: 6 }, () => survivor);
  const weak: RoomResult = { mutants: 100, endless: 0, survivors };
  expect(reachesTarget({ 'lib/log': weak })).toBe(true);
  expect(reachesTarget({ config: weak })).toBe(false);
  expect(reachesTarget({ 'lib/log': other })).toBe(false);
});

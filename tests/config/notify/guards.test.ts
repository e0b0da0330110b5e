import { beforeEach, expect, it } from 'vitest';

import { NOTHING_FOUND } from '../../../src/config/faults/faults.js';
import { Guards } from '../../../src/config/notify/guards.js';
import { EntryTable } from '../../../src/config/snapshot/entry-table.js';
import type { Snapshot } from '../../../src/config/snapshot/snapshot.js';
import { entryOf } from '../../support/entry-of.js';
import { ManualClock } from '../../support/manual-clock.js';

type Settings = Readonly<Record<string, string>>;

const candidate: Snapshot<Settings> = {
  settings: { TOKEN: 'new' },
  entries: EntryTable.from([
    entryOf('TOKEN', 'new', { kind: 'file', line: 7 }),
    entryOf('LIMIT', '5', { kind: 'file', line: 3 }),
  ]),
  version: '1',
  files: new Map(),
  at: 1,
};

function objection(key: string) {
  return { key, problem: `${key} will not do`, remedy: 'write another' };
}

let clock: ManualClock;
let guards: Guards<Settings>;

beforeEach(() => {
  clock = new ManualClock();
  guards = new Guards(clock, 5000);
});

it('asks the guards of the changed keys, and shows them the candidate', async () => {
  const asked: Snapshot<Settings>[] = [];
  guards.add(['OTHER', 'TOKEN'], (shown) => {
    asked.push(shown);
    return [];
  });
  guards.add(['OTHER'], () => [objection('OTHER')]);
  await expect(guards.findings(candidate, new Set(['TOKEN']))).resolves.toEqual(NOTHING_FOUND);
  expect(asked).toEqual([candidate]);
});

it('gathers what all of them object to, in the order of the lines, keys without one last', async () => {
  guards.add(['TOKEN'], async () => [objection('ABSENT'), objection('TOKEN')]);
  guards.add(['TOKEN'], () => [{ ...objection('LIMIT'), passing: true }]);
  const { faults: found } = await guards.findings(candidate, new Set(['TOKEN']));
  expect(found).toEqual([
    { kind: 'broken-rule', ...objection('LIMIT'), line: 3, passing: true },
    { kind: 'broken-rule', ...objection('TOKEN'), line: 7, passing: false },
    { kind: 'broken-rule', ...objection('ABSENT'), line: null, passing: false },
  ]);
});

it('lets nothing pass a guard that throws, rejects or does not answer in time, until it is asked again', async () => {
  guards.add(['TOKEN'], () => {
    throw new Error('offline');
  });
  guards.add(['TOKEN'], () => Promise.reject(new Error('refused')));
  guards.add(['TOKEN'], () => new Promise(() => undefined));
  const found = guards.findings(candidate, new Set(['TOKEN']));
  await Promise.resolve();
  clock.advance(5000);
  expect((await found).faults).toEqual(
    ['offline', 'refused', 'no answer within 5000 ms'].map((reason) =>
      expect.objectContaining({
        key: 'TOKEN',
        line: 7,
        problem: `it could not be checked: ${reason}`,
        passing: true,
      }),
    ),
  );
});

it('waits for a slow answer, up to the limit', async () => {
  const answers: ((objections: []) => void)[] = [];
  guards.add(['TOKEN'], () => new Promise((resolve) => void answers.push(resolve)));
  const found = guards.findings(candidate, new Set(['TOKEN']));
  clock.advance(4999);
  answers[0]?.([]);
  await expect(found).resolves.toEqual(NOTHING_FOUND);
});

it('does not ask a guard that was dismissed', async () => {
  const dismiss = guards.add(['TOKEN'], () => [objection('TOKEN')]);
  dismiss();
  await expect(guards.findings(candidate, new Set(['TOKEN']))).resolves.toEqual(NOTHING_FOUND);
});

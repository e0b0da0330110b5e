import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import type { Clock } from '../../src/config/clock.js';
import { Masker } from '../../src/config/secrets/masker.js';
import { atOnce, inSlices, type Steps } from '../../src/config/steps.js';
import { liveConfigFrom, refreshWith } from '../support/live-config-from.js';
import { ManualClock } from '../support/manual-clock.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

/** A clock on which everything between two questions takes a millisecond, however fast the machine is. */
function tickingClock(): Clock {
  let elapsed = 0;
  return {
    now: () => 4_000_000_000_000 + elapsed,
    monotonic: () => elapsed++,
    sleep: () => Promise.resolve(),
  };
}

function* hundredSteps(): Steps<void> {
  for (let step = 0; step < 100; step++) yield;
}

/** How often the event loop comes round until the work is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  const state = { isOver: false, turns: 0 };
  const others = (async () => {
    for (; !state.isOver; state.turns++) await turn();
  })();
  await work();
  state.isOver = true;
  await others;
  return state.turns;
}

describe('work in slices', () => {
  it('pauses whenever a slice has taken its time, and comes to what it comes to', async () => {
    const clock = new ManualClock();
    const done: string[] = [];
    function* work(): Steps<string> {
      for (const ms of [4, 4, 4, 30, 1]) {
        clock.advance(ms);
        done.push(String(ms));
        yield;
      }
      return 'done';
    }
    const pause = () => Promise.resolve(done.push('pause'));
    await expect(inSlices(work(), { clock, ms: 10, pause })).resolves.toBe('done');
    expect(done).toEqual(['4', '4', '4', 'pause', '30', 'pause', '1']);
    expect(atOnce(work())).toBe('done');
  });

  it('lets everything else have its turn', async () => {
    const turns = await turnsDuring(() => inSlices(hundredSteps(), { clock: tickingClock(), ms: 10 }));
    expect(turns).toBeGreaterThanOrEqual(9);
  });
});

describe('a refresh of a large file', () => {
  it('goes on in slices: what it reads, learns, compares and mirrors', async () => {
    const KEYS = 2000;
    const text = (generation: number): string =>
      Array.from(
        { length: KEYS },
        (_, index) => `KEY_${String(index)}_TOKEN=secret-${String(index)}-of-${String(generation)}\n`,
      ).join('');
    const mirror: Record<string, string> = {};
    const config = await liveConfigFrom(temporaryDirectory(), text(0), { clock: tickingClock(), mirror });
    const turns = await turnsDuring(() => refreshWith(config, text(1)));
    // Each key is resolved, learned twice (as it was and as it is), compared and mirrored; ten of these are a slice.
    expect(turns).toBeGreaterThan((5 * KEYS) / 10 / 2);
    expect(mirror['KEY_7_TOKEN']).toBe('secret-7-of-1');
    expect(config.mask('it says secret-7-of-1, and once said secret-7-of-0')).toBe(
      'it says [hidden], and once said [hidden]',
    );
  });
});

describe('a masker that learns in steps', () => {
  it('masks what it knew between any two of them, also while it forgets, and what is added meanwhile', () => {
    const masker = new Masker();
    masker.add('the-secret-in-use');
    for (let index = 0; index < 2100; index++) masker.add(`${String(index)}-superseded-secret`);
    const steps = masker.following(['the-secret-in-use', 'another-secret']);
    for (let count = 0; steps.next().done !== true; count++) {
      if (count === 100) masker.add('added-meanwhile');
      expect(masker.mask('the-secret-in-use')).toBe('[hidden]');
    }
    expect(masker.mask('added-meanwhile')).toBe('[hidden]');
    expect(masker.mask('2099-superseded-secret')).toBe('[hidden]');
    expect(masker.mask('0-superseded-secret')).toBe('0-superseded-secret');
  });
});

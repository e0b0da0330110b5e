import { beforeEach, describe, expect, it } from 'vitest';

import { type ChangeEvent, Subscribers } from '../../../src/config/notify/subscribers.js';
import { EntryTable } from '../../../src/config/snapshot/entry-table.js';
import type { Snapshot } from '../../../src/config/snapshot/snapshot.js';
import { ManualClock } from '../../support/manual-clock.js';

type Settings = Readonly<Record<string, string>>;

const entries = EntryTable.from([]);
const previous: Snapshot<Settings> = { settings: { A: '1' }, entries, version: '1', files: new Map(), at: 1 };
const current: Snapshot<Settings> = { ...previous, settings: { A: '2' }, version: '2', at: 2 };

let clock: ManualClock;
let subscribers: Subscribers<Settings>;
let events: ChangeEvent<Settings>[];

function remember(event: ChangeEvent<Settings>): void {
  events.push(event);
}

function notify(...keys: string[]) {
  return subscribers.notify(current, previous, new Set(keys));
}

/** Resolves once what is due has happened: everything here goes on in microtasks. */
async function settled(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
}

async function makeOverdue(): Promise<void> {
  const failures = notify('A');
  clock.advance(5000);
  await expect(failures).resolves.toEqual([{ name: 'slow', reason: 'did not finish within 5000 ms' }]);
}

beforeEach(() => {
  clock = new ManualClock();
  subscribers = new Subscribers(clock, 5000, (text) => text.replaceAll('horse-staple', '[hidden]'));
  events = [];
});

describe('a subscriber', () => {
  it('hears of the keys it subscribed to, and of both snapshots', async () => {
    subscribers.add(['A', 'B'], remember, 'me');
    await expect(notify('B', 'C', 'A')).resolves.toEqual([]);
    expect(events).toEqual([
      { current, previous, changed: new Set(['A', 'B']), signal: expect.any(AbortSignal) },
    ]);
  });

  it('hears nothing of other keys', async () => {
    subscribers.add(['A'], remember, 'me');
    await notify('B');
    await notify();
    expect(events).toEqual([]);
    expect(clock.sleeps).toEqual([]);
  });

  it('hears nothing after it has left, and leaves others alone', async () => {
    const leave = subscribers.add(['A'], remember, 'me');
    subscribers.add(['A'], remember, 'another');
    leave();
    leave();
    await notify('A');
    expect(events).toHaveLength(1);
  });

  it('may be slow, up to five seconds', async () => {
    const ends: (() => void)[] = [];
    subscribers.add(['A'], () => new Promise<void>((resolve) => void ends.push(resolve)), 'slow');
    const failures = notify('A');
    clock.advance(4999);
    ends[0]?.();
    await expect(failures).resolves.toEqual([]);
    expect(clock.sleeps).toEqual([5000]);
    expect(clock.sleeping).toBe(0);
  });
});

describe('a subscriber that fails', () => {
  it('is named with a masked reason, whether it throws or rejects, and harms nobody', async () => {
    subscribers.add(
      ['A'],
      () => {
        throw new Error('cannot log in with horse-staple');
      },
      'thrower',
    );
    subscribers.add(['A'], remember, 'me');
    subscribers.add(['A'], () => Promise.reject(new Error('no')), 'rejecter');
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what others throw need not be an error
    subscribers.add(['A'], () => Promise.reject('horse-staple'), 'odd one');
    await expect(notify('A')).resolves.toEqual([
      { name: 'thrower', reason: 'cannot log in with [hidden]' },
      { name: 'rejecter', reason: 'no' },
      { name: 'odd one', reason: '[hidden]' },
    ]);
    expect(events).toHaveLength(1);
    expect(clock.sleeping).toBe(0);
  });

  it('harms nobody with what it throws, even if that cannot be shown', async () => {
    const textless: unknown = Object.create(null);
    const unreadable = Object.defineProperty(new Error(), 'message', {
      get: () => {
        throw new Error('no');
      },
    });
    const numbered = Object.assign(new Error(), { message: 7 });
    for (const thrown of [textless, unreadable, numbered]) {
      subscribers.add(
        ['A'],
        () => {
          throw thrown;
        },
        'thrower',
      );
    }
    await expect(notify('A')).resolves.toEqual([
      { name: 'thrower', reason: 'an error that cannot be shown' },
      { name: 'thrower', reason: 'an error that cannot be shown' },
      { name: 'thrower', reason: '7' },
    ]);
  });

  it('is no longer waited for after five seconds', async () => {
    subscribers.add(['A'], () => new Promise(() => undefined), 'hanging');
    subscribers.add(['A'], remember, 'me');
    const failures = notify('A');
    clock.advance(5000);
    await expect(failures).resolves.toEqual([{ name: 'hanging', reason: 'did not finish within 5000 ms' }]);
    expect(events).toHaveLength(1);
  });
});

describe('a subscriber that is overdue', () => {
  const third: Snapshot<Settings> = { ...current, version: '3', at: 3 };
  const fourth: Snapshot<Settings> = { ...current, version: '4', at: 4 };
  const waits = {
    name: 'slow',
    reason: 'is still busy with an earlier change, and will be told of this one afterwards',
  };
  let ends: (() => void)[];

  beforeEach(() => {
    ends = [];
    subscribers.add(
      ['A', 'B', 'C'],
      async (event) => {
        remember(event);
        await new Promise<void>((resolve) => void ends.push(resolve));
      },
      'slow',
    );
  });

  it('learns by its signal that its time is up, and not before', async () => {
    const failures = notify('A');
    clock.advance(4999);
    await settled();
    expect(events[0]?.signal.aborted).toBe(false);
    clock.advance(1);
    await failures;
    expect(events[0]?.signal.aborted).toBe(true);
  });

  it('finishes in time without ever being aborted', async () => {
    const failures = notify('A');
    ends[0]?.();
    await failures;
    expect(events[0]?.signal.aborted).toBe(false);
  });

  it('is told of the changes it missed as one, from what it knew to the newest', async () => {
    await makeOverdue();
    await expect(subscribers.notify(third, current, new Set(['B']))).resolves.toEqual([waits]);
    await expect(subscribers.notify(fourth, third, new Set(['C']))).resolves.toEqual([waits]);
    expect(events).toHaveLength(1);
    ends[0]?.();
    await settled();
    expect(events.slice(1)).toEqual([
      { current: fourth, previous: current, changed: new Set(['B', 'C']), signal: expect.any(AbortSignal) },
    ]);
  });

  it('is told at once of a change that comes after it has finished', async () => {
    await makeOverdue();
    ends[0]?.();
    await settled();
    expect(events).toHaveLength(1);
    const failures = subscribers.notify(third, current, new Set(['B']));
    await settled();
    ends[1]?.();
    await expect(failures).resolves.toEqual([]);
    expect(events[1]?.previous).toBe(current);
  });

  it('is named at the next change when what it was told late failed as well, and only then', async () => {
    await makeOverdue();
    await subscribers.notify(third, current, new Set(['B']));
    ends[0]?.();
    await settled();
    clock.advance(5000);
    await settled();
    const late = { name: 'slow', reason: 'did not finish within 5000 ms' };
    await expect(subscribers.notify(fourth, third, new Set(['C']))).resolves.toEqual([late, waits]);
    await expect(subscribers.notify(fourth, third, new Set(['C']))).resolves.toEqual([waits]);
  });

  it('is not named for what it was told late and did in time', async () => {
    await makeOverdue();
    await subscribers.notify(third, current, new Set(['B']));
    ends[0]?.();
    await settled();
    ends[1]?.();
    await settled();
    await expect(notify('Z')).resolves.toEqual([]);
  });
});

it('one that leaves is aborted, and hears nothing of what was waiting for it', async () => {
  const ends: (() => void)[] = [];
  const leave = subscribers.add(
    ['A'],
    async (event) => {
      remember(event);
      await new Promise<void>((resolve) => void ends.push(resolve));
    },
    'slow',
  );
  const failures = notify('A');
  clock.advance(5000);
  await failures;
  await notify('A');
  const busy = notify('A');
  leave();
  await busy;
  ends[0]?.();
  await new Promise((resolve) => void setImmediate(resolve));
  expect(events).toHaveLength(1);
  expect(events[0]?.signal.aborted).toBe(true);
});

it('one that leaves while another is told is not called', async () => {
  const leave: (() => void)[] = [];
  subscribers.add(['A'], () => leave[0]?.(), 'first');
  leave.push(subscribers.add(['A'], remember, 'second'));
  await notify('A');
  expect(events).toEqual([]);
});

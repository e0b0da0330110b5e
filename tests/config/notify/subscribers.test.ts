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

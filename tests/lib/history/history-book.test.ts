import { beforeEach, describe, expect, it } from 'vitest';

import { HistoryBook } from '../../../src/lib/history/history-book.js';
import type { ReloadRecord } from '../../../src/lib/history/reload-record.js';

let saved: ReloadRecord[];
let failure: Error | null;
let complaints: unknown[];
let now: number;
let book: HistoryBook;

beforeEach(() => {
  saved = [];
  failure = null;
  complaints = [];
  now = 0;
  book = new HistoryBook({
    open: () =>
      Promise.resolve({
        add: (records) => {
          if (failure !== null) throw failure;
          saved.push(...records);
        },
        list: (_key, limit) => saved.toReversed().slice(0, limit),
        keys: () => ['SAVED'],
        close: () => undefined,
      }),
    now: () => now,
    onFailure: (error) => complaints.push(error),
  });
});

function record(key: string): ReloadRecord {
  const change = { kind: 'added', key, declared: true, sensitive: false, before: null, after: 'v' } as const;
  return {
    at: 1,
    lastAt: 1,
    times: 1,
    outcome: 'applied',
    triggers: 'watch',
    before: 'a',
    after: 'b',
    faults: [],
    changes: [change],
  };
}

describe('the history', () => {
  it('saves what is recorded, and lists the newest first', async () => {
    book.record(record('ONE'));
    book.record(record('TWO'));
    expect((await book.list(null, 10)).map(({ changes }) => changes[0]?.key)).toEqual(['TWO', 'ONE']);
    expect(saved).toHaveLength(2);
    expect((await book.list(null, 1)).map(({ changes }) => changes[0]?.key)).toEqual(['TWO']);
  });

  it('keeps what cannot be saved, complains once, and saves it when it can', async () => {
    failure = new Error('locked');
    book.record(record('ONE'));
    book.record(record('TWO'));
    expect(await book.list('ONE', 10)).toHaveLength(1);
    expect(await book.keys()).toEqual(expect.arrayContaining(['ONE', 'TWO']));
    expect(complaints).toEqual([failure]);
    failure = null;
    now = 5000;
    await book.list(null, 10);
    expect(saved.map(({ changes }) => changes[0]?.key)).toEqual(['ONE', 'TWO']);
    await book.close();
  });

  it('makes a last attempt when it is closed', async () => {
    failure = new Error('locked');
    book.record(record('ONE'));
    await book.list(null, 1);
    failure = null;
    await book.close();
    expect(saved).toHaveLength(1);
  });
});

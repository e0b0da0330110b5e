import { beforeEach, describe, expect, it } from 'vitest';

import type { Reply } from '../../../src/lib/replies/reply.js';
import { type Posting, ReportQueue } from '../../../src/lib/reports/report-queue.js';
import type { Report } from '../../../src/lib/reports/report.js';
import { ManualClock } from '../../support/manual-clock.js';

let clock: ManualClock;
let posted: string[];
let answers: Posting[];
let queue: ReportQueue;

beforeEach(() => {
  clock = new ManualClock();
  posted = [];
  answers = [];
  queue = new ReportQueue({
    clock,
    post: ({ lines = [] }: Reply) => {
      posted.push(lines.join('|'));
      return Promise.resolve(answers.shift() ?? 'posted');
    },
  });
});

function report(text: string, kind: Report['kind'] = 'news'): Report {
  return { kind, reply: { lines: [text] }, short: 'applied' };
}

/** Lets everything happen that waits for no time. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

async function pass(ms: number): Promise<void> {
  await settled();
  clock.advance(ms);
  await settled();
}

describe('reports', () => {
  it('are posted at once, and then one message every ten seconds with all that came meanwhile', async () => {
    queue.add(report('a'));
    await settled();
    queue.add(report('b'));
    queue.add(report('c'));
    await pass(9_999);
    expect(posted).toEqual(['a']);
    await pass(1);
    expect(posted).toEqual(['a', 'b||c']);
    await pass(10_000);
    queue.add(report('d'));
    await settled();
    expect(posted.at(-1)).toBe('d');
  });

  it('that cannot be posted now are tried again ever less often, or when there is reason to', async () => {
    answers = ['later', 'later'];
    queue.add(report('a'));
    await pass(10_000);
    expect(posted).toEqual(['a', 'a']);
    await pass(10_000);
    expect(posted).toHaveLength(2);
    queue.hurry();
    await settled();
    expect(posted).toHaveLength(3);
  });

  it('that were refused are given up', async () => {
    answers = ['refused'];
    queue.add(report('a'));
    await pass(60_000);
    expect(posted).toEqual(['a']);
  });

  it('that ask for a decision have a message of their own, and only the newest of them counts', async () => {
    queue.add(report('a'));
    await settled();
    queue.add(report('old', 'decision'));
    queue.add(report('b'));
    queue.add(report('new', 'decision'));
    await pass(10_000);
    await pass(10_000);
    expect(posted).toEqual(['a', 'new', 'b']);
  });

  it('that ask for a decision can be withdrawn', async () => {
    queue.add(report('a'));
    await settled();
    queue.add(report('b', 'decision'));
    queue.withdraw();
    await pass(60_000);
    expect(posted).toEqual(['a']);
  });

  it('are dropped when it is closed', async () => {
    queue.add(report('a'));
    await settled();
    queue.add(report('b'));
    queue.close();
    await pass(60_000);
    expect(posted).toEqual(['a']);
  });
});

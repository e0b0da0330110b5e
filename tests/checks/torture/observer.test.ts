import { appendFileSync } from 'node:fs';
import path from 'node:path';

import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import { SEQUENCE_KEYS } from '../../../checks/torture/env-content.js';
import { Ledger } from '../../../checks/torture/ledger.js';
import { Observer } from '../../../checks/torture/observer.js';
import { type FileState, Timeline } from '../../../checks/torture/timeline.js';
import type { TorturedBot } from '../../../checks/torture/tortured-bot.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const FIRST = { version: 'aaaaaaaaaaaa', sequence: '000000' };
const NEXT: FileState = { kind: 'valid', version: 'bbbbbbbbbbbb', sequence: '000001' };

let ledger: Ledger;
let timeline: Timeline;
let observer: Observer;
let files: { jsonl: string; console: string };
let showPresence: (name: string) => void;

const on = (_: string, listen: (presence: object) => void): void => {
  showPresence = (name) => {
    listen({ activities: [{ name }] });
  };
};

beforeEach(() => {
  const directory = temporaryDirectory();
  files = { jsonl: path.join(directory, 'bot.jsonl'), console: path.join(directory, 'console.log') };
  ledger = new Ledger();
  timeline = new Timeline(() => NEXT);
  timeline.change({ kind: 'valid', ...FIRST }, () => undefined);
  const bot = assume<TorturedBot>({ ...files, ended: null, discord: { on } });
  observer = new Observer(bot, timeline, ledger, FIRST, 60);
});

function log(fields: object): void {
  const entry = {
    time: new Date().toISOString(),
    event: 'config.reload',
    trigger: 'watch',
    outcome: 'applied',
    previousVersion: FIRST.version,
    version: NEXT.kind === 'valid' ? NEXT.version : '',
    durationMs: 1,
    ...fields,
  };
  appendFileSync(files.jsonl, `${JSON.stringify(entry)}\n`);
}

const report = (changes: readonly string[]): void => {
  for (const [index, change] of changes.entries())
    appendFileSync(
      files.console,
      `INFO -   🔄 Modified: ${[...SEQUENCE_KEYS, 'BOT_ACTIVITY'][index] ?? ''} = ${change}\n`,
    );
  appendFileSync(files.console, 'INFO -   📈 Total: +0 -0 ~6 =40\n');
};

function violations(): string[] {
  observer.catchUp();
  observer.checkSightings();
  return ledger.violations.map(({ what }) => what);
}

describe('the log', () => {
  it('may say that what was saved has been applied', () => {
    timeline.change(NEXT, () => undefined);
    log({});
    expect(violations()).toEqual([]);
    expect(observer.sequence).toBe('000001');
  });

  it.each<[string, object, RegExp]>([
    ['a version that was never in the file', { version: 'cccccccccccc' }, /torn, mixed or outdated/],
    ['a start from another version', { previousVersion: 'cccccccccccc' }, /but aaaaaaaaaaaa was in effect/],
    ['a rejection that changed something', { outcome: 'rejected' }, /was rejected, but changed/],
    [
      'a rejection of a valid file',
      { outcome: 'rejected', version: FIRST.version, faults: ['.env:1: odd'] },
      /a valid file was rejected: \.env:1: odd/,
    ],
    ['a subscriber that failed', { subscriberFailures: ['x'] }, /a subscriber failed/],
  ])('must not show %s', (_, fields, what) => {
    timeline.change(NEXT, () => undefined);
    log(fields);
    expect(violations()).toContainEqual(expect.stringMatching(what));
  });

  it('must be readable', () => {
    appendFileSync(files.jsonl, 'half a line\n');
    expect(violations()).toEqual([expect.stringMatching(/^unreadable line in the log/)]);
  });

  it('is followed until the awaited refresh appears, or the deadline has passed', async () => {
    timeline.change(NEXT, () => undefined);
    const awaited = observer.waitFor(({ trigger }) => trigger === 'watch', Date.now() + 5000);
    log({});
    await expect(awaited).resolves.toMatchObject({ outcome: 'applied' });
    observer.startRound();
    await expect(observer.waitFor(() => true, 0)).resolves.toBeNull();
  });
});

describe('what people see', () => {
  it('must have been applied', () => {
    showPresence(FIRST.sequence);
    expect(violations()).toEqual([]);
    showPresence('something');
    expect(violations()).toEqual(['the presence showed "something", which was never applied']);
  });

  it('must be the same change of every key', () => {
    report(Array<string>(6).fill('000000 → 000001'));
    expect(violations()).toEqual([]);
    report([...Array<string>(5).fill('000001 → 000002'), '000000 → 000002']);
    expect(violations()).toEqual([expect.stringMatching(/^the console reported a mixture/)]);
  });
});

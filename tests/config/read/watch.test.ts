import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Clock } from '../../../src/config/clock.js';
import { DEFAULT_LIMITS } from '../../../src/config/limits.js';
import { Arrivals } from '../../../src/config/read/arrivals.js';
import { Watch, type WatchedConfig, type WatchState } from '../../../src/config/read/watch.js';
import { liveConfigFrom, type TestConfig } from '../../support/live-config-from.js';
import { ManualClock } from '../../support/manual-clock.js';

const INTERVAL_MS = 5000;
const DEBOUNCE_MS = 2000;

let directory: string;
let config: TestConfig;
let clock: ManualClock;
let watch: Watch;
let states: WatchState[];
let errors: unknown[];
let debounceMs: number;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'watch-'));
  clock = new ManualClock();
  states = [];
  errors = [];
  debounceMs = DEBOUNCE_MS;
});

afterEach(() => {
  watch.stop();
  rmSync(directory, { recursive: true });
});

function watchOf(
  watched: WatchedConfig,
  { watchClock = clock, arrivals }: { watchClock?: Clock; arrivals?: Arrivals } = {},
): Watch {
  watch = new Watch({
    ...(arrivals && { arrivals }),
    config: watched,
    pollMs: () => INTERVAL_MS,
    limits: DEFAULT_LIMITS,
    debounceMs: () => debounceMs,
    clock: watchClock,
    onState: (state) => states.push(state),
    onError: (error) => errors.push(error),
  });
  return watch;
}

/** Starts a watch over a real configuration, and waits until it has settled on what is there. */
async function watching(text = 'LIMIT=1\n', options: { readonly file?: string } = {}): Promise<void> {
  config = await liveConfigFrom(directory, text, options);
  watchOf(config).start();
  await asleep();
  await pass(DEBOUNCE_MS);
}

/** Resolves when the watch sleeps again; it has nothing else to do then. */
async function asleep(): Promise<void> {
  for (let turns = 0; clock.sleeping === 0; turns++) {
    if (turns > 100_000) throw new Error('the watch does not come to rest');
    await turn();
  }
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await asleep();
}

/** Lets the watch look, and wait out the debounce if it has seen something. */
async function look(): Promise<void> {
  const sleeps = clock.sleeps.length;
  await pass(INTERVAL_MS);
  if (clock.sleeps[sleeps] === DEBOUNCE_MS) await pass(DEBOUNCE_MS);
}

function runs(): [trigger: string, outcome: string][] {
  return config.history.map((outcome) => [outcome.triggers[0].kind, outcome.kind]);
}

describe('the watch', () => {
  it('asks for one refresh when the content has changed, after the debounce', async () => {
    await watching();
    writeFileSync(config.file, 'LIMIT=2\n');
    await pass(INTERVAL_MS);
    expect(config.current.settings.LIMIT).toBe(1);
    await pass(DEBOUNCE_MS - 1);
    expect(config.current.settings.LIMIT).toBe(1);
    await pass(1);
    expect(config.current.settings.LIMIT).toBe(2);
    await look();
    expect(runs()).toEqual([
      ['startup', 'applied'],
      ['watch', 'applied'],
    ]);
  });

  it('waits again when the file changes within the debounce, and loses nothing', async () => {
    await watching();
    writeFileSync(config.file, 'LIMIT=2\n');
    await pass(INTERVAL_MS);
    writeFileSync(config.file, 'LIMIT=3\n# more\n');
    await pass(DEBOUNCE_MS);
    expect(config.current.settings.LIMIT).toBe(1);
    await pass(DEBOUNCE_MS);
    expect(config.current.settings.LIMIT).toBe(3);
  });

  it('hands a file that never comes to rest to the refresh after 30 waits', async () => {
    await watching();
    writeFileSync(config.file, 'LIMIT=2\n');
    await pass(INTERVAL_MS);
    for (let wait = 1; wait <= 30; wait++) {
      expect(config.current.settings.LIMIT).toBe(1);
      writeFileSync(config.file, `LIMIT=${String(wait + 2)}\n${'#'.repeat(wait)}\n`);
      await pass(DEBOUNCE_MS);
    }
    expect(config.current.settings.LIMIT).toBe(32);
  });

  const saves: [string, (file: string, text: string) => void][] = [
    ['in place', (file, text) => writeFileSync(file, text)],
    [
      'by renaming',
      (file, text) => {
        writeFileSync(`${file}.new`, text);
        renameSync(`${file}.new`, file);
      },
    ],
    [
      'by deleting and creating',
      (file, text) => {
        unlinkSync(file);
        writeFileSync(file, text);
      },
    ],
    [
      'by swapping a symbolic link',
      (file, text) => {
        const target = `${file}.${Buffer.from(text).toString('hex')}`;
        writeFileSync(target, text);
        symlinkSync(target, `${file}.link`);
        renameSync(`${file}.link`, file);
      },
    ],
    [
      'with the old time stamps',
      (file, text) => {
        const { atime, mtime } = statSync(file);
        writeFileSync(file, text);
        utimesSync(file, atime, mtime);
      },
    ],
  ];

  it.each(saves)('notices a file that is saved %s, every time', async (_how, save) => {
    await watching();
    for (const limit of [2, 3, 4]) {
      save(config.file, `LIMIT=${String(limit)}\n`);
      await look();
      expect(config.current.settings.LIMIT).toBe(limit);
    }
  });

  it('asks for nothing when a file was only touched', async () => {
    await watching();
    utimesSync(config.file, new Date(), new Date());
    await look();
    expect(runs()).toEqual([['startup', 'applied']]);
  });

  it('asks again for good content that follows bad', async () => {
    await watching('LIMIT=1\n');
    for (const text of ['LIMIT=x\n', 'LIMIT=1\n', 'LIMIT=x\n', 'LIMIT=1\n']) {
      writeFileSync(config.file, text);
      await look();
    }
    expect(runs().slice(1)).toEqual([
      ['watch', 'rejected'],
      ['watch', 'unchanged'],
      ['watch', 'rejected'],
      ['watch', 'unchanged'],
    ]);
  });

  it('asks once for bad content', async () => {
    await watching();
    writeFileSync(config.file, 'LIMIT=x\n');
    await look();
    await look();
    await look();
    expect(runs().slice(1)).toEqual([['watch', 'rejected']]);
  });

  it('does not lose an edit that a preview has read', async () => {
    await watching();
    writeFileSync(config.file, 'LIMIT=2\n');
    await config.preview();
    await look();
    expect(config.current.settings.LIMIT).toBe(2);
  });

  it('asks for nothing, and looks again, when the file changes while it is compared', async () => {
    config = await liveConfigFrom(directory, 'LIMIT=1\n');
    watchOf({
      files: config.files,
      retryDue: false,
      differsFromLastAttempt: async () => {
        const differs = await config.differsFromLastAttempt();
        if (differs) rmSync(config.file, { force: true });
        return differs;
      },
      refresh: (request) => config.refresh(request),
    }).start();
    await asleep();
    await pass(DEBOUNCE_MS);
    writeFileSync(config.file, 'LIMIT=2\n');
    await pass(INTERVAL_MS);
    await pass(DEBOUNCE_MS);
    await pass(DEBOUNCE_MS);
    expect(states).toEqual(['missing']);
    expect(runs()).toEqual([['startup', 'applied']]);
  });

  it('hears of a file that is put in place, and waits for the debounce only', async () => {
    config = await liveConfigFrom(directory, 'LIMIT=1\n');
    watchOf(config, { arrivals: new Arrivals(config.file) }).start();
    await asleep();
    await pass(DEBOUNCE_MS);
    const sleeps = clock.sleeps.length;
    writeFileSync(`${config.file}.new`, 'LIMIT=2\n');
    renameSync(`${config.file}.new`, config.file);
    // No time passes for the watch: without notification, it would sleep for ever.
    while (clock.sleeps.at(-1) !== DEBOUNCE_MS || clock.sleeps.length === sleeps) await turn();
    await pass(DEBOUNCE_MS);
    expect(config.current.settings.LIMIT).toBe(2);
    expect(clock.monotonic()).toBe(2 * DEBOUNCE_MS);
  });

  it('asks for nothing when somebody else was faster', async () => {
    await watching();
    writeFileSync(config.file, 'LIMIT=2\n');
    await config.refresh({ kind: 'signal' });
    await look();
    expect(runs().slice(1)).toEqual([['signal', 'applied']]);
  });

  it('notices an edit of a file that a setting names', async () => {
    const prompt = join(directory, 'prompt.txt');
    writeFileSync(prompt, 'one');
    await watching(`PROMPT=${prompt}\n`);
    writeFileSync(prompt, 'two');
    await look();
    expect(config.current.files.get('PROMPT')).toBe('two');
  });

  it('looks into a file again that changed less than two seconds before it was read', async () => {
    // Two saves of one size within a tick of the file system's clock look alike.
    config = await liveConfigFrom(directory, 'LIMIT=1\n');
    clock = new ManualClock(statSync(config.file).ctimeMs + 100);
    debounceMs = 0;
    let readings = 0;
    watchOf({
      files: config.files,
      retryDue: false,
      differsFromLastAttempt: () => {
        readings++;
        return config.differsFromLastAttempt();
      },
      refresh: (request) => config.refresh(request),
    }).start();
    await asleep();
    clock.advance(0);
    await turn();
    await asleep();
    for (let looks = 0; looks < 4; looks++) await pass(INTERVAL_MS);
    expect(readings).toBe(2);
  });
});

describe('the state of the watched file', () => {
  it('is entered once and left once when the file goes and comes', async () => {
    await watching();
    for (let times = 0; times < 2; times++) {
      rmSync(config.file);
      await look();
      await look();
      expect(watch.state).toBe('missing');
      writeFileSync(config.file, `LIMIT=${String(times + 5)}\n`);
      await look();
      await look();
      expect(config.current.settings.LIMIT).toBe(times + 5);
    }
    expect(states).toEqual(['missing', 'watching', 'missing', 'watching']);
    expect(runs().filter(([, kind]) => kind === 'rejected')).toEqual([]);
  });

  it('is unreadable while there is a directory in its place', async () => {
    await watching();
    rmSync(config.file);
    mkdirSync(config.file);
    await look();
    await look();
    expect(watch.state).toBe('unreadable');
    rmSync(config.file, { recursive: true });
    writeFileSync(config.file, 'LIMIT=7\n');
    await look();
    expect(states).toEqual(['unreadable', 'watching']);
    expect(config.current.settings.LIMIT).toBe(7);
  });

  it('is unreadable while a part of the path is a loop', async () => {
    await watching();
    rmSync(config.file);
    symlinkSync(config.file, config.file);
    await look();
    expect(watch.state).toBe('unreadable');
  });

  it('is a stale mount, told once, when the path leads to a file that has lost its last name', async () => {
    // As a bind mount of a single file does after an editor has replaced it: stat says the same of both.
    const replaced = join(directory, 'replaced');
    writeFileSync(replaced, 'LIMIT=1\n');
    const descriptor = openSync(replaced, 'r');
    try {
      await watching('', { file: `/proc/self/fd/${String(descriptor)}` });
      writeFileSync(`${replaced}.new`, 'LIMIT=2\n');
      renameSync(`${replaced}.new`, replaced);
      await look();
      await look();
      expect(states).toEqual(['stale mount']);
      // Whoever asks for a reload is told, and not that nothing has changed.
      const before = config.current;
      await expect(config.refresh({ kind: 'command' })).resolves.toMatchObject({
        kind: 'rejected',
        passing: false,
        error: { faults: [{ kind: 'stale-mount' }] },
      });
      await expect(config.preview()).resolves.toMatchObject({ result: { kind: 'rejected' } });
      expect(config.current).toBe(before);
      expect(config.current.settings.LIMIT).toBe(1);
    } finally {
      closeSync(descriptor);
    }
  });

  it('does not mind another name for the file', async () => {
    await watching();
    linkSync(config.file, `${config.file}.other`);
    await look();
    expect(states).toEqual([]);
  });

  it('is missing from the start when there is no file', async () => {
    await watching();
    watch.stop();
    rmSync(config.file);
    clock = new ManualClock();
    watchOf(config).start();
    await asleep();
    await pass(DEBOUNCE_MS);
    expect(states).toEqual(['missing']);
  });
});

describe('a watch that is disturbed', () => {
  it('outlives every error, and says what it was', async () => {
    let failures = 2;
    config = await liveConfigFrom(directory, 'LIMIT=1\n');
    watchOf({
      files: config.files,
      retryDue: false,
      differsFromLastAttempt: () =>
        failures-- > 0 ? Promise.reject(new Error('broken')) : config.differsFromLastAttempt(),
      refresh: (request) => config.refresh(request),
    }).start();
    await asleep();
    await pass(DEBOUNCE_MS);
    expect(errors).toMatchObject([{ message: 'broken' }]);
    writeFileSync(config.file, 'LIMIT=2\n');
    await look();
    await look();
    expect(errors).toHaveLength(2);
    expect(config.current.settings.LIMIT).toBe(2);
  });

  it('tries again, with growing pauses, what failed in passing', async () => {
    config = await liveConfigFrom(directory, 'LIMIT=1\n');
    let failures = 3;
    let refreshes = 0;
    let retryDue = false;
    watchOf({
      files: config.files,
      get retryDue() {
        return retryDue;
      },
      differsFromLastAttempt: () => Promise.resolve(refreshes === 0),
      refresh: () => {
        refreshes++;
        retryDue = failures-- > 0;
        return Promise.resolve();
      },
    }).start();
    await asleep();
    await pass(DEBOUNCE_MS);
    const pauses: number[] = [];
    for (let tries = 0; tries < 3; tries++) {
      pauses.push(clock.sleeps.at(-1) ?? 0);
      await pass(clock.sleeps.at(-1) ?? 0);
    }
    expect(pauses).toEqual([1000, 2000, 4000]);
    expect(refreshes).toBe(4);
    await look();
    expect(refreshes).toBe(4);
  });

  it('looks at once when it is woken, and not at all when it is stopped', async () => {
    await watching();
    writeFileSync(config.file, 'LIMIT=2\n');
    watch.wake();
    await turn();
    await asleep();
    await pass(DEBOUNCE_MS);
    expect(config.current.settings.LIMIT).toBe(2);
    expect(watch.running).toBe(true);
    watch.stop();
    expect(watch.running).toBe(false);
    await turn();
    expect(clock.sleeping).toBe(0);
  });

  it('is one watch however often it is started', async () => {
    await watching();
    watch.start();
    await turn();
    expect(clock.sleeping).toBe(1);
  });
});

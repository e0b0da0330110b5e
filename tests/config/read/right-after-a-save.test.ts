import { renameSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Clock, systemClock } from '../../../src/config/clock.js';
import { liveConfigFrom, type TestConfig } from '../../support/live-config-from.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

/** A read never sleeps that long; the watch does. */
const MINUTE_MS = 60_000;
/** How long the watch sleeps: for ever, as far as a test goes. */
const HOUR_MS = 3_600_000;

let config: TestConfig;
/** How many pauses the reads have made, and how many milliseconds these would have taken. */
let pauses: number;
let skippedMs: number;

const clock: Clock = {
  now: () => systemClock.now() + skippedMs,
  monotonic: () => systemClock.monotonic() + skippedMs,
  sleep: (ms, signal) => {
    if (ms > MINUTE_MS) return systemClock.sleep(ms, signal);
    pauses++;
    skippedMs += ms;
    return Promise.resolve();
  },
};

beforeEach(async () => {
  skippedMs = 0;
  config = await liveConfigFrom(temporaryDirectory(), 'LIMIT=1\nLEVEL=low\n', {
    clock,
    watch: { pollMs: HOUR_MS, debounceMs: HOUR_MS },
  });
  pauses = 0;
});

afterEach(() => config[Symbol.asyncDispose]());

function replace(text: string): void {
  writeFileSync(`${config.file}.new`, text);
  renameSync(`${config.file}.new`, config.file);
}

describe.runIf(process.platform === 'linux')('a reload right after a save', () => {
  it('waits for nothing when the file was put in place by a rename, every time', async () => {
    for (const limit of [2, 3, 4]) {
      replace(`LIMIT=${String(limit)}\n`);
      await expect(config.refresh({ kind: 'signal' })).resolves.toMatchObject({ kind: 'applied' });
      expect(config.settings.LIMIT).toBe(limit);
    }
    expect(pauses).toBe(0);
  });

  it('previews it as fast', async () => {
    replace('LIMIT=2\n');
    await expect(config.preview()).resolves.toMatchObject({ result: { kind: 'applied' } });
    expect(pauses).toBe(0);
  });

  it('waits when the file was written in place', async () => {
    writeFileSync(config.file, 'LIMIT=2\n');
    await expect(config.refresh({ kind: 'signal' })).resolves.toMatchObject({ kind: 'applied' });
    expect(pauses).toBeGreaterThan(0);
  });

  it('waits when the watch does not run', async () => {
    config.watch.stop();
    replace('LIMIT=2\n');
    await expect(config.refresh({ kind: 'signal' })).resolves.toMatchObject({ kind: 'applied' });
    expect(pauses).toBeGreaterThan(0);
  });
});

import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { deadline } from '../../../../src/lib/assistant/model/deadline.js';

/** What `node --expose-gc` would give the test. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

const NEVER = new Promise<never>(() => undefined);

describe('deadline', () => {
  it('lets through what comes in time', async () => {
    await expect(deadline(10).bound(Promise.resolve('there'))).resolves.toBe('there');
    await expect(deadline(10).bound(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('ends the wait for what does not come, whether or not that heeds the signal', async () => {
    const time = deadline(0.02);
    await expect(time.bound(NEVER)).rejects.toMatchObject({ kind: 'timeout' });
    expect(time.signal.aborted).toBe(true);
    expect(time.stopped).toBe(false);
    await expect(time.bound(NEVER)).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('comes even when the garbage collector does', async () => {
    const over = deadline(0.3).bound(NEVER);
    // To collect a large heap may take longer than that.
    over.catch(() => undefined);
    // Weak references survive the turn of the event loop in which they were made.
    for (let turn = 0; turn < 3; turn++) {
      await setImmediate();
      collectGarbage();
    }
    await expect(over).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('knows whether it was given up', async () => {
    const time = deadline(10);
    const waiting = time.bound(NEVER);
    time.stop();
    await expect(waiting).rejects.toMatchObject({ kind: 'timeout' });
    expect(time.stopped).toBe(true);
  });

  it('knows whether the bot cut it short', async () => {
    const time = deadline(10);
    const waiting = time.bound(NEVER);
    time.interrupt();
    await expect(waiting).rejects.toMatchObject({ kind: 'interrupted' });
    expect([time.interrupted, time.stopped]).toEqual([true, false]);
  });

  it('is not given up by a stop that comes too late', async () => {
    const time = deadline(0.02);
    await expect(time.bound(NEVER)).rejects.toMatchObject({ kind: 'timeout' });
    time.stop();
    expect(time.stopped).toBe(false);
  });
});

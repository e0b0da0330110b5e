import { describe, expect, it } from 'vitest';

import { systemClock, within } from '../../src/config/clock.js';
import { ManualClock } from '../support/manual-clock.js';

describe('the clock of the system', () => {
  it('tells the time, and how much has passed', async () => {
    const [now, elapsed] = [systemClock.now(), systemClock.monotonic()];
    expect(Math.abs(now - Date.now())).toBeLessThan(1000);
    await systemClock.sleep(5);
    expect(systemClock.monotonic()).toBeGreaterThan(elapsed + 3);
  });

  it('is woken by a signal', async () => {
    const abort = new AbortController();
    const slept = systemClock.sleep(60_000, abort.signal);
    abort.abort();
    await expect(slept).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('work within a time', () => {
  it('comes to its own result, and leaves no timer behind', async () => {
    const clock = new ManualClock();
    await expect(within({ clock, ms: 10, late: 'late' }, Promise.resolve('done'))).resolves.toBe('done');
    expect(clock.sleeps).toEqual([10]);
    expect(clock.sleeping).toBe(0);
  });

  it('is late when it takes longer', async () => {
    const clock = new ManualClock();
    const result = within({ clock, ms: 10, late: 'late' }, new Promise<string>(() => undefined));
    clock.advance(10);
    await expect(result).resolves.toBe('late');
  });

  it('fails as it fails, and leaves no timer behind', async () => {
    const clock = new ManualClock();
    await expect(within({ clock, ms: 10, late: 0 }, Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(clock.sleeping).toBe(0);
  });
});

import { expect, it } from 'vitest';

import { Pause } from '../../../src/lib/gateway/pause.js';
import { ManualSleep } from './manual-sleep.js';

it('a pause lasts as long as it is asked to', async () => {
  const manual = new ManualSleep();
  const over = new Pause(manual.sleep).for(5000);
  await manual.pass();
  await expect(over).resolves.toBeUndefined();
  expect(manual.pauses).toEqual([5000]);
});

it('a pause can be ended early, and another one begun', async () => {
  const pause = new Pause();
  const first = pause.for(3_600_000);
  pause.end();
  await expect(first).resolves.toBeUndefined();
  const second = pause.for(3_600_000);
  pause.end();
  await expect(second).resolves.toBeUndefined();
});

it('a pause that fails for another reason says so', async () => {
  const pause = new Pause(() => Promise.reject(new Error('no clock')));
  await expect(pause.for(1)).rejects.toThrow('no clock');
});

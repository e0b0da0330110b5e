import { expect, it } from 'vitest';

import { cpuMs } from './cpu-time.js';

const MS = 50;

it('counts work, and no waiting', () => {
  const start = process.cpuUsage();
  const worked = cpuMs(() => {
    while (process.cpuUsage(start).user < MS * 1000);
  });
  const waited = cpuMs(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MS));
  expect(worked).toBeGreaterThan(MS / 2);
  expect(waited).toBeLessThan(MS / 2);
});

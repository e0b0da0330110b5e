import { expect, it } from 'vitest';

import { deskWith, jobWith } from './job-with.js';

it('work at the desk ends with the time for an answer, or with what Discord leaves of it', async () => {
  const { desk } = deskWith('x');
  const { job } = jobWith({ TIMEOUT: 60 }, 20);
  const ended = desk.within(job, (time) => time.bound(new Promise(() => undefined)));
  await expect(ended).rejects.toMatchObject({ kind: 'timeout' });
});

it('work at the desk is interrupted when the bot shuts down, and what it left behind is stopped', async () => {
  const { desk } = deskWith('x');
  const { job } = jobWith({});
  let signal: AbortSignal | null = null;
  const running = desk.within(job, (time) => {
    signal = time.signal;
    return time.bound(new Promise(() => undefined));
  });
  desk.interrupt();
  await expect(running).rejects.toMatchObject({ kind: 'interrupted' });
  expect(signal).toMatchObject({ aborted: true });
  await desk.within(job, (time) => {
    signal = time.signal;
    return Promise.resolve();
  });
  expect(signal).toMatchObject({ aborted: true });
});

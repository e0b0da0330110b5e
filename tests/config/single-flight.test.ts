import { describe, expect, it } from 'vitest';

import { SingleFlight } from '../../src/config/single-flight.js';

/** A job that ends when it is told to, and remembers what it was asked. */
function controlledJob() {
  const runs: (readonly string[])[] = [];
  const ends: { resolve: (result: string) => void; reject: (reason: Error) => void }[] = [];
  const flight = new SingleFlight<string, string>((requests) => {
    runs.push([...requests]);
    return new Promise((resolve, reject) => ends.push({ resolve, reject }));
  });
  return { flight, runs, ends };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('a single flight', () => {
  it('runs the first request at once', async () => {
    const { flight, runs, ends } = controlledJob();
    const result = flight.request('a1');
    expect(runs).toEqual([['a1']]);
    ends[0]?.resolve('done');
    await expect(result).resolves.toBe('done');
  });

  it('lets requests during a run share the next one', async () => {
    const { flight, runs, ends } = controlledJob();
    const first = flight.request('a1');
    const others = [flight.request('a2'), flight.request('a3')];
    expect(runs).toEqual([['a1']]);
    ends[0]?.resolve('one');
    await settled();
    expect(runs).toEqual([['a1'], ['a2', 'a3']]);
    ends[1]?.resolve('two');
    await expect(Promise.all([first, ...others])).resolves.toEqual(['one', 'two', 'two']);
  });

  it('costs two runs for a thousand requests', async () => {
    const { flight, runs, ends } = controlledJob();
    const results = Array.from({ length: 1000 }, (_, index) => flight.request(`a${String(index)}`));
    ends[0]?.resolve('one');
    await settled();
    ends[1]?.resolve('two');
    await Promise.all(results);
    expect(runs.map(({ length }) => length)).toEqual([1, 999]);
  });

  it('is idle when the last run has ended', async () => {
    const { flight, ends } = controlledJob();
    await flight.idle();
    const result = flight.request('a1');
    let idle = false;
    const waiting = flight.idle().then(() => (idle = true));
    await settled();
    expect(idle).toBe(false);
    ends[0]?.resolve('done');
    await Promise.all([result, waiting]);
    expect(idle).toBe(true);
  });

  it('rejects those whose run fails, and serves the others', async () => {
    const { flight, ends } = controlledJob();
    const first = flight.request('a1');
    const second = flight.request('a2');
    ends[0]?.reject(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    ends[1]?.resolve('fine');
    await expect(second).resolves.toBe('fine');
  });

  it('runs again when it has come to rest', async () => {
    const { flight, runs, ends } = controlledJob();
    const first = flight.request('a1');
    ends[0]?.resolve('one');
    await first;
    await settled();
    const second = flight.request('a2');
    expect(runs).toEqual([['a1'], ['a2']]);
    ends[1]?.resolve('two');
    await expect(second).resolves.toBe('two');
  });
});

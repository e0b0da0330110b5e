import { describe, expect, it } from 'vitest';

import { Admission } from '../../../../src/lib/assistant/admission/admission.js';

const LIMITS = { requests: 2, windowMs: 60_000, concurrent: 1, perPerson: 1, waiting: 1 };

describe('Admission', () => {
  it('limits how often each user may ask, whatever others do', () => {
    const admission = new Admission(LIMITS);
    expect(admission.refusalFor('alice')).toBeNull();
    expect(admission.refusalFor('alice')).toBeNull();
    expect(admission.refusalFor('alice')).toMatch(/try again in 60 seconds/);
    expect(admission.refusalFor('bob')).toBeNull();
  });

  it('queues requests, and starts them in order', async () => {
    const admission = new Admission(LIMITS);
    const order: string[] = [];
    const release = await admission.acquire('first');
    const wait = async (name: string): Promise<void> => {
      const done = await admission.acquire(name);
      order.push(name);
      done();
    };
    const others = [wait('second'), wait('third')];
    await Promise.resolve();
    expect(order).toEqual([]);
    release();
    release();
    await Promise.all(others);
    expect(order).toEqual(['second', 'third']);
    (await admission.acquire('fourth'))();
  });

  it('keeps a slot for others however much one person asks', async () => {
    const admission = new Admission({ ...LIMITS, concurrent: 2 });
    const order: string[] = [];
    const wait = async (name: string, userId: string): Promise<void> => {
      const done = await admission.acquire(userId);
      order.push(name);
      done();
    };
    const release = await admission.acquire('alice');
    const second = wait("alice's second", 'alice');
    await wait("bob's first", 'bob');
    expect(order).toEqual(["bob's first"]);
    release();
    await second;
    expect(order).toEqual(["bob's first", "alice's second"]);
  });

  it('refuses when the queue is full', async () => {
    const admission = new Admission(LIMITS);
    const release = await admission.acquire('alice');
    const waiting = admission.acquire('bob');
    expect(admission.refusalFor('carol')).toMatch(/Too many people/);
    release();
    (await waiting)();
    expect(admission.refusalFor('dave')).toBeNull();
  });
});

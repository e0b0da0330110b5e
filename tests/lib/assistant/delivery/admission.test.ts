import { describe, expect, it } from 'vitest';

import { Admission } from '../../../../src/lib/assistant/delivery/admission.js';

const LIMITS = { requests: 2, windowMs: 60_000, sideBySide: 1, perPerson: 1, waiting: 1 };

describe('Admission', () => {
  it('lets each user ask so often in a while, whatever others do', () => {
    const admission = new Admission(LIMITS);
    expect(admission.refusalFor('alice')).toBeNull();
    expect(admission.refusalFor('alice')).toBeNull();
    expect(admission.refusalFor('alice')).toMatch(/try again in 60 seconds/);
    expect(admission.refusalFor('bob')).toBeNull();
  });

  it('lets requests wait for their turn, in their order', async () => {
    const admission = new Admission(LIMITS);
    const order: string[] = [];
    const end = await admission.turn('first');
    const wait = async (name: string): Promise<void> => {
      const endTurn = await admission.turn(name);
      order.push(name);
      endTurn();
    };
    const others = [wait('second'), wait('third')];
    await Promise.resolve();
    expect(order).toEqual([]);
    end();
    end();
    await Promise.all(others);
    expect(order).toEqual(['second', 'third']);
    (await admission.turn('fourth'))();
  });

  it('keeps a place for others however much one person asks', async () => {
    const admission = new Admission({ ...LIMITS, sideBySide: 2 });
    const order: string[] = [];
    const wait = async (name: string, userId: string): Promise<void> => {
      const endTurn = await admission.turn(userId);
      order.push(name);
      endTurn();
    };
    const end = await admission.turn('alice');
    const second = wait("alice's second", 'alice');
    await wait("bob's first", 'bob');
    expect(order).toEqual(["bob's first"]);
    end();
    await second;
    expect(order).toEqual(["bob's first", "alice's second"]);
  });

  it('refuses when too many wait', async () => {
    const admission = new Admission(LIMITS);
    const end = await admission.turn('alice');
    const waiting = admission.turn('bob');
    expect(admission.refusalFor('carol')).toMatch(/Too many people/);
    end();
    (await waiting)();
    expect(admission.refusalFor('dave')).toBeNull();
  });
});

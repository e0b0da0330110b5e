import { describe, expect, it } from 'vitest';

import { Admission } from '../../../src/lib/assistant/admission.js';

const LIMITS = { requests: 2, windowMs: 60_000, sideBySide: 1, waiting: 1 };

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
    const end = await admission.turn();
    const wait = async (name: string): Promise<void> => {
      const endTurn = await admission.turn();
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
    (await admission.turn())();
  });

  it('refuses when too many wait', async () => {
    const admission = new Admission(LIMITS);
    const end = await admission.turn();
    const waiting = admission.turn();
    expect(admission.refusalFor('carol')).toMatch(/Too many people/);
    end();
    (await waiting)();
    expect(admission.refusalFor('dave')).toBeNull();
  });
});

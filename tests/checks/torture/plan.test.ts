import { describe, expect, it } from 'vitest';

import { INVALID_KINDS } from '../../../checks/torture/env-content.js';
import { FAULT_KINDS, Planner } from '../../../checks/torture/plan.js';
import { SAVE_MANNERS } from '../../support/rig/index.js';

function plans(seed: number): string {
  const planner = new Planner(seed, 10);
  return JSON.stringify(Array.from({ length: 20 }, () => planner.round()));
}

describe('the plan', () => {
  it('is the same for the same seed, and different for another seed', () => {
    expect(plans(7)).toBe(plans(7));
    expect(plans(7)).not.toBe(plans(8));
  });

  it('covers every kind of save, content and fault in its first rounds', () => {
    const planner = new Planner(1, 7);
    const rounds = Array.from({ length: 12 }, () => planner.round());
    const saves = rounds.flatMap((round) => round.saves);
    const faults = saves
      .flatMap(({ actions }) => actions)
      .flatMap((action) => (action.kind === 'fault' ? [action.fault] : []));
    expect(new Set(saves.map(({ kind }) => kind))).toEqual(new Set(SAVE_MANNERS));
    expect(new Set(saves.map(({ content }) => content))).toEqual(new Set([...INVALID_KINDS, 'valid']));
    expect(new Set(faults)).toEqual(new Set(FAULT_KINDS));
  });

  it('finishes the last save of every round, and leaves no file torn for as long as the bot waits', () => {
    const planner = new Planner(3, 8);
    for (let round = 0; round < 200; round++) {
      const { saves } = planner.round();
      expect(saves.at(-1)?.abandoned).toBe(false);
      for (const { pauses, abandoned, restMs } of saves)
        // What an abandoned save leaves also waits for the first step of the next one.
        expect(Math.max(...pauses) + (abandoned ? restMs + 300 : 0)).toBeLessThan(400);
    }
  });
});

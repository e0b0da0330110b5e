import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { couldBeRejected, couldYield, type FileState, Timeline } from '../../../checks/torture/timeline.js';

const OLD: FileState = { kind: 'valid', version: 'bbbbbbbbbbbb', sequence: '000000' };
const NEW: FileState = { kind: 'valid', version: 'aaaaaaaaaaaa', sequence: '000001' };
const TORN: FileState = { kind: 'torn' };

const nothing = (): void => undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1000 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the timeline of the file', () => {
  it('knows what the file was since a position, and during an interval', () => {
    const timeline = new Timeline(() => OLD);
    timeline.change(OLD, nothing);
    vi.setSystemTime(2000);
    timeline.change(NEW, nothing);
    expect(timeline.since(timeline.position).map(({ state }) => state)).toEqual([NEW]);
    expect(timeline.during(1500, 1900).map(({ state }) => state)).toEqual([OLD]);
    expect(timeline.during(1500, 2500).map(({ state }) => state)).toEqual([OLD, NEW]);
  });

  it('lets a torn file that held still for too long count as whatever it says', () => {
    const timeline = new Timeline(() => OLD);
    timeline.change(TORN, nothing);
    vi.setSystemTime(1399);
    timeline.change(TORN, nothing);
    expect(timeline.slowPauses).toBe(0);
    vi.setSystemTime(1799);
    timeline.change(NEW, nothing);
    expect(timeline.slowPauses).toBe(1);
    expect(timeline.during(1400, 1700).map(({ state }) => state)).toEqual([OLD]);
  });
});

const period = (state: FileState): { state: FileState; from: number; until: number } => ({
  state,
  from: 0,
  until: 1,
});

describe('a refresh', () => {
  it('can only yield a version that was in the file', () => {
    expect(couldYield([period(TORN), period(NEW)], NEW.version)).toBe(true);
    expect(couldYield([period(TORN), period(NEW)], OLD.version)).toBe(false);
  });

  it('can only be rejected if the file was not valid all the time, or kept changing', () => {
    expect(couldBeRejected([period(NEW)], 'any')).toBe(false);
    expect(couldBeRejected([period(NEW), period({ kind: 'absent' })], 'any')).toBe(true);
    expect(couldBeRejected([period(OLD), period(NEW)], 'any')).toBe(false);
    expect(couldBeRejected([period(OLD), period(NEW)], 'the file kept changing')).toBe(true);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { excesses, type Holdings } from '../../../checks/torture/audit.js';
import {
  INVALID_KINDS,
  invalidContent,
  sequenceText,
  validContent,
} from '../../../checks/torture/contents.js';
import { expect as expected } from '../../../checks/torture/oracle.js';
import {
  FAULT_KINDS,
  Planner,
  SAVE_KINDS,
  type SaveKind,
  type SavePlan,
} from '../../../checks/torture/plan.js';
import { reloadRecord } from '../../../checks/torture/reload-record.js';
import { Saver } from '../../../checks/torture/saver.js';
import { type FileState, mayBeRejected, mayGive } from '../../../checks/torture/timeline.js';
import { type Clock, systemClock } from '../../../src/config/clock.js';
import { LiveConfig } from '../../../src/config/live-config.js';
import { rulesFor, settings } from '../../../src/settings.js';

const PACE = { pollMs: 100, debounceMs: 50 };

/** Everything looks as if it had been at rest for long. */
const LATER: Clock = { ...systemClock, now: () => Date.now() + 10_000 };

const VALID: FileState = { kind: 'valid', version: 'aaaaaaaaaaaa', sequence: '000001' };

function plans(seed: number): string {
  const planner = new Planner(seed, 10);
  return JSON.stringify(Array.from({ length: 20 }, () => planner.round()));
}

function planOf(kind: SaveKind, abandoned = false): SavePlan {
  return { kind, content: 'valid', abandoned, cuts: [0.3, 0.6], pauses: [1, 1, 1], deeds: [], restMs: 0 };
}

const directories: string[] = [];

function temporaryFile(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'torture-test-'));
  directories.push(directory);
  return path.join(directory, '.env');
}

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

describe('the plan', () => {
  it('is the same for the same seed, and another one for another seed', () => {
    expect(plans(7)).toBe(plans(7));
    expect(plans(7)).not.toBe(plans(8));
  });

  it('goes through every kind of save, content and fault in its first rounds', () => {
    const planner = new Planner(1, 7);
    const rounds = Array.from({ length: 12 }, () => planner.round());
    const saves = rounds.flatMap((round) => round.saves);
    const faults = saves
      .flatMap(({ deeds }) => deeds)
      .flatMap((deed) => (deed.kind === 'fault' ? [deed.fault] : []));
    expect(new Set(saves.map(({ kind }) => kind))).toEqual(new Set(SAVE_KINDS));
    expect(new Set(saves.map(({ content }) => content))).toEqual(new Set([...INVALID_KINDS, 'valid']));
    expect(new Set(faults)).toEqual(new Set(FAULT_KINDS));
  });

  it('never leaves the last save of a round half done, nor half a file longer than the bot waits', () => {
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

describe('a content', () => {
  it('carries its sequence in every key that is to tell it', () => {
    const whole = expected(validContent(42, PACE).bytes, {});
    expect([...(whole?.sequences ?? [])]).toEqual([sequenceText(42)]);
    expect(validContent(42, PACE).bytes.toString()).not.toMatch(/\n$/);
  });

  it('has no prefix, and no mixture with another one, that passes for a whole content', () => {
    const [old, now] = [validContent(1003, PACE).bytes, validContent(1004, PACE).bytes];
    const whole = new Set([expected(old, {})?.version, expected(now, {})?.version]);
    let accepted = 0;
    for (let cut = 0; cut < now.length; cut += 3) {
      for (const torn of [now.subarray(0, cut), Buffer.concat([now.subarray(0, cut), old.subarray(cut)])]) {
        const result = expected(torn, {});
        if (result === null || torn.equals(old)) continue;
        accepted++;
        expect(whole).not.toContain(result.version);
      }
    }
    // Otherwise the torture could not tell a bot that reads half a file from one that does not.
    expect(accepted).toBeGreaterThan(100);
  });

  it.each(INVALID_KINDS)('is rejected with what the torture looks for: %s', async (kind) => {
    const file = temporaryFile();
    const state: FileState = { kind: 'invalid' };
    const saver = new Saver(file, () => state);
    saver.begin(validContent(5, PACE).bytes, state);
    const config = await LiveConfig.load({
      settings,
      rules: rulesFor(file),
      file,
      environment: {},
      clock: LATER,
    });
    const { bytes, fault } = invalidContent(6, PACE, kind);
    saver.begin(bytes, state);
    const outcome = await config.refresh({ trigger: { kind: 'signal' } });
    const lines = outcome.kind === 'rejected' ? outcome.error.lines : [];
    expect(lines.some((line) => fault?.test(line))).toBe(true);
    expect(expected(bytes, {})).toBeNull();
  });
});

describe('a save', () => {
  it.each(SAVE_KINDS.flatMap((kind) => [[kind, 'in place'] as const, [kind, 'symlink swap'] as const]))(
    'leaves the whole content (%s, after one %s)',
    async (kind, before) => {
      const saver = new Saver(temporaryFile(), () => ({ kind: 'invalid' }));
      saver.begin(Buffer.from('FIRST=a longer first content\n'), { kind: 'invalid' });
      await saver.save(planOf(before), Buffer.from('SECOND=1\n'), VALID);
      await saver.save(planOf(kind), Buffer.from('THIRD=1\n'), VALID);
      expect(readFileSync(saver.file, 'utf8')).toBe('THIRD=1\n');
      expect(saver.timeline.since(saver.timeline.position)[0]?.state).toBe(VALID);
    },
  );

  it.each(['in pieces', 'overwritten in pieces', 'truncate, then write'] as const)(
    'leaves something torn when it is abandoned (%s)',
    async (kind) => {
      const saver = new Saver(temporaryFile(), () => ({ kind: 'invalid' }));
      saver.begin(Buffer.from('A=1\n'), VALID);
      await saver.save(planOf(kind, true), Buffer.from('B=22222222\n'), VALID);
      expect(readFileSync(saver.file, 'utf8')).not.toBe('B=22222222\n');
      expect(saver.timeline.since(saver.timeline.position)[0]?.state.kind).toBe('torn');
    },
  );

  it('may give what the file was since, and be rejected only when it was not valid', async () => {
    const saver = new Saver(temporaryFile(), () => ({ kind: 'invalid' }));
    const older: FileState = { kind: 'valid', version: 'bbbbbbbbbbbb', sequence: '000000' };
    saver.begin(Buffer.from('A=1\n'), older);
    await saver.save(planOf('rename'), Buffer.from('A=2\n'), VALID);
    const { position } = saver.timeline;
    expect(mayGive(saver.timeline.since(position), VALID.version)).toBe(true);
    expect(mayGive(saver.timeline.since(position), older.version)).toBe(false);
    expect(mayBeRejected(saver.timeline.since(position), 'any')).toBe(false);
    await saver.save(planOf('unlink, then create'), Buffer.from('A=3\n'), VALID);
    expect(mayBeRejected(saver.timeline.since(position), 'any')).toBe(true);
  });
});

describe('what is read of the bot', () => {
  it('is the lines of the log about a refresh', () => {
    const line = {
      time: '2026-11-24T05:00:00.000Z',
      event: 'config.reload',
      trigger: 'watch',
      outcome: 'applied',
      previousVersion: 'a',
      version: 'b',
      durationMs: 1.5,
      subscriberFailures: [],
    };
    expect(reloadRecord(JSON.stringify(line))).toMatchObject({
      outcome: 'applied',
      version: 'b',
      dryRun: false,
    });
    expect(reloadRecord(JSON.stringify({ ...line, event: 'signal' }))).toBeNull();
    expect(() => reloadRecord(JSON.stringify({ ...line, outcome: 'half' }))).toThrow(/unknown outcome/);
  });

  it('is what it holds: one more open file is too much', () => {
    const before: Holdings = {
      round: 0,
      files: 20,
      sockets: 3,
      timers: 2,
      otherHandles: 1,
      heapBytes: 30e6,
      residentBytes: 120e6,
    };
    expect(excesses(before, { ...before, sockets: 5, residentBytes: 300e6 })).toEqual([]);
    expect(excesses(before, { ...before, files: 21 })).toEqual(['files: 20 before, 21 after']);
    expect(excesses(before, { ...before, heapBytes: 50e6 })).toHaveLength(1);
  });
});

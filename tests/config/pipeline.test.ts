import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Clock, systemClock } from '../../src/config/clock.js';
import { DEFAULT_LIMITS } from '../../src/config/limits.js';
import { faultsOf, liveConfigFrom, refreshWith } from '../support/live-config-from.js';
import { EagerClock } from '../support/manual-clock.js';

const signal = { kind: 'signal' } as const;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'live-config-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('a refresh', () => {
  it('replaces the whole snapshot, and leaves the old one as it was', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=30\nLEVEL=low\n');
    const before = config.current;
    const outcome = await refreshWith(config, 'LIMIT=31\nLEVEL=high\n');
    expect(outcome).toMatchObject({ kind: 'applied', previousVersion: before.version });
    expect(config.current.settings).toMatchObject({ LIMIT: 31, LEVEL: 'high' });
    expect(before.settings).toMatchObject({ LIMIT: 30, LEVEL: 'low' });
  });

  const unreadable: [string, (file: string) => void, string][] = [
    ['missing', (file) => rmSync(file), 'missing-file'],
    ['blank', (file) => writeFileSync(file, '\n\t \n'), 'blank'],
    ['empty', (file) => writeFileSync(file, ''), 'blank'],
    ['too large', (file) => writeFileSync(file, `A=${'x'.repeat(4 * 1024 * 1024)}`), 'too-large'],
    ['not UTF-8', (file) => writeFileSync(file, Buffer.from([0x41, 0x3d, 0xff])), 'invalid-utf8'],
    ['a directory', (file) => (rmSync(file), mkdirSync(file)), 'not-a-file'],
    ['a named pipe', (file) => (rmSync(file), execFileSync('mkfifo', [file])), 'not-a-file'],
    ['malformed', (file) => writeFileSync(file, 'LIMIT=1\nLIMIT=2\n'), 'duplicate-key'],
    ['invalid', (file) => writeFileSync(file, 'LIMIT=many\n'), 'invalid-setting'],
  ];

  it.each(unreadable)('keeps the very same snapshot when the file is %s', async (_what, spoil, kind) => {
    const config = await liveConfigFrom(directory, 'LIMIT=30\n');
    const before = config.current;
    spoil(config.file);
    const outcome = await config.refresh(signal);
    expect(outcome).toMatchObject({ kind: 'rejected', error: { faults: [{ kind }] } });
    expect(config.current).toBe(before);
  });

  it('shows lists and nested values as people can read them', async () => {
    const config = await liveConfigFrom(directory, 'LIST=a\n');
    const outcome = await refreshWith(config, 'LIST=b,c\n');
    expect(outcome).toMatchObject({
      diff: { modified: [{ key: 'LIST', before: '{"items":["a"]}', after: '{"items":["b","c"]}' }] },
    });
  });

  it('is unchanged by order, quotes, comments and blank lines, but knows the new lines', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=30\nEXTRA=x\n');
    const { version } = config.current;
    const outcome = await refreshWith(config, '# hello\nEXTRA="x"\n\nLIMIT=\'30\'\n');
    expect(outcome).toMatchObject({ kind: 'unchanged', version, diff: { unchanged: 2 } });
    expect(config.current.entries.get('LIMIT')?.line).toBe(4);
    expect(config.current.entries.get('EXTRA')?.line).toBe(2);
  });

  it('publishes nothing at all when the bytes are the same', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=30\n');
    const before = config.current;
    expect(await config.refresh(signal)).toMatchObject({ kind: 'unchanged', diff: { unchanged: 1 } });
    expect(config.current).toBe(before);
  });

  it('applies good content again that a bad one has followed', async () => {
    const good = 'LIMIT=30\n';
    const config = await liveConfigFrom(directory, good);
    expect((await refreshWith(config, 'LIMIT=x\n')).kind).toBe('rejected');
    writeFileSync(config.file, good);
    expect(await config.differsFromLastAttempt()).toBe(true);
    expect((await config.refresh(signal)).kind).toBe('unchanged');
    expect(await config.differsFromLastAttempt()).toBe(false);
  });

  it('reports broken rules together with every other fault', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n', {
      rules: [
        {
          keys: ['LIMIT', 'PLACE'],
          check: ({ LIMIT }) =>
            LIMIT > 5 ? [{ key: 'LIMIT', problem: 'too much', remedy: 'take less' }] : [],
        },
      ],
    });
    const outcome = await refreshWith(config, 'LEVEL=x\nLIMIT=6\n');
    expect(faultsOf(outcome)).toEqual([
      '.env:1 LEVEL: expected low or high (remedy: correct the value)',
      '.env:2 LIMIT: too much (remedy: take less)',
    ]);
    // A rule is not asked about values that are not valid by themselves.
    expect(faultsOf(await refreshWith(config, 'LIMIT=x\n'))).toHaveLength(1);
  });

  it('carries extras with unusual names', async () => {
    const config = await liveConfigFrom(directory, 'constructor=a\ntoString=b\n7=c\n');
    expect(['constructor', 'toString', '7'].map((key) => config.current.entries.get(key)?.value)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect((await refreshWith(config, 'constructor=a\ntoString=z\n')).kind).toBe('applied');
    expect(faultsOf(await refreshWith(config, '__proto__=x\n'))).toEqual([
      expect.stringContaining('.env:1: the key is invalid'),
    ]);
  });

  it('warns of a key that was probably meant to be a setting', async () => {
    const config = await liveConfigFrom(directory, 'LEVEL=low\n');
    const outcome = await refreshWith(config, 'LEVLE=high\n');
    expect(outcome.warnings).toEqual([{ kind: 'unknown-key', key: 'LEVLE', line: 1, meant: 'LEVEL' }]);
    expect(config.warnings).toBe(outcome.warnings);
  });
});

describe('concurrent refreshes', () => {
  it('cost two runs when a thousand are asked for at once', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const before = config.history.length;
    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => config.refresh(signal)));
    expect(config.history.length - before).toBe(2);
    expect(new Set(outcomes).size).toBe(2);
    expect(outcomes[0]?.triggers).toHaveLength(1);
    expect(outcomes[1]?.triggers).toHaveLength(999);
  });

  it('each see what was saved before they were asked for', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    let release!: () => void;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    config.on(['LIMIT'], () => held, { name: 'slow' });
    writeFileSync(config.file, 'LIMIT=2\n');
    const first = config.refresh(signal);
    writeFileSync(config.file, 'LIMIT=3\n');
    const second = config.refresh({ kind: 'watch' });
    release();
    expect(await first).toMatchObject({ diff: { modified: [{ after: '2' }] } });
    expect(await second).toMatchObject({
      triggers: [{ kind: 'watch' }],
      diff: { modified: [{ after: '3' }] },
    });
    expect(config.current.settings.LIMIT).toBe(3);
  });
});

describe('a preview', () => {
  it('does everything but publish', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const before = config.current;
    let told = false;
    config.on(['LIMIT'], () => (told = true), { name: 'test' });
    writeFileSync(config.file, 'LIMIT=2\n');
    const { length } = config.history;
    const preview = await config.preview();
    expect(preview).toMatchObject({
      kind: 'preview',
      result: { kind: 'applied', diff: { modified: [{ after: '2' }] } },
    });
    expect(preview).not.toMatchObject({ result: { version: before.version } });
    expect(config.history).toHaveLength(length);
    expect(config.current).toBe(before);
    expect(config.lastChange('LIMIT')).toBeUndefined();
    expect(told).toBe(false);
  });

  it('is compared with what is in effect when it has been made, whatever happened meanwhile', async () => {
    // The guard has all the time it needs.
    const eager = new EagerClock();
    const clock: Clock = {
      now: () => eager.now(),
      monotonic: () => eager.monotonic(),
      sleep: (ms, abort) => (ms === DEFAULT_LIMITS.guardMs ? systemClock.sleep(ms, abort) : eager.sleep(ms)),
    };
    const config = await liveConfigFrom(directory, 'LIMIT=1\n', { clock });
    let release!: () => void;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    config.guard(['LIMIT'], async () => {
      if (asked++ === 0) await held;
      return [];
    });
    writeFileSync(config.file, 'LIMIT=2\n');
    const preview = config.preview();
    await config.refresh(signal);
    release();
    expect(await preview).toMatchObject({
      previousVersion: config.current.version,
      result: { kind: 'unchanged', version: config.current.version },
    });
  });

  it('does not hide an edit from the watch', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    writeFileSync(config.file, 'LIMIT=2\n');
    await config.preview();
    expect(await config.differsFromLastAttempt()).toBe(true);
  });

  it('names the faults of what it would reject', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    writeFileSync(config.file, 'LIMIT=x\n');
    expect(await config.preview()).toMatchObject({ kind: 'preview', result: { kind: 'rejected' } });
  });
});

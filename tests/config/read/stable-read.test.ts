import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { errorCode } from '../../../src/config/faults/reason.js';
import { DEFAULT_LIMITS } from '../../../src/config/limits.js';
import { changedAt, identityOf } from '../../../src/config/read/file-access.js';
import { readStable } from '../../../src/config/read/stable-read.js';
import { EagerClock } from '../../support/manual-clock.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const STEP_MS = 50;

function textFile(text: string, directory = temporaryDirectory()): string {
  const file = join(directory, '.env');
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** A clock that begins `age` milliseconds after the file last changed. */
function clockAt(age: number, file: string, onSleep?: (ms: number) => void): EagerClock {
  return new EagerClock(changedAt(statSync(file, { bigint: true })) + age, onSleep);
}

describe('a stable read', () => {
  it('reads a file at rest at once', async () => {
    const file = textFile('A=é\0\n');
    const clock = new EagerClock();
    await expect(readStable(file, { clock })).resolves.toEqual({ bytes: Buffer.from('A=é\0\n') });
    expect(clock.sleeps).toEqual([]);
  });

  it('takes a file for one at rest half a second after its last change', async () => {
    const file = textFile('A=1');
    const clock = clockAt(500, file);
    await expect(readStable(file, { clock })).resolves.toEqual({ bytes: Buffer.from('A=1') });
    expect(clock.sleeps).toEqual([]);
  });

  it('waits for a file that changed less than half a second ago', async () => {
    const file = textFile('A=1');
    const clock = clockAt(499, file);
    await expect(readStable(file, { clock })).resolves.toEqual({ bytes: Buffer.from('A=1') });
    expect(clock.sleeps).toEqual([STEP_MS]);
  });

  it('goes by what it sees when the clock of the file system is ahead', async () => {
    const file = textFile('A=1');
    const clock = clockAt(-3_600_000, file);
    await expect(readStable(file, { clock })).resolves.toEqual({ bytes: Buffer.from('A=1') });
    expect(clock.monotonic()).toBe(500);
  });

  it('is not fooled by an old mtime', async () => {
    const file = textFile('A=1');
    utimesSync(file, 1, 1);
    const clock = clockAt(0, file);
    await readStable(file, { clock });
    expect(clock.monotonic()).toBe(500);
  });

  it('never takes half a file for the whole', async () => {
    const file = textFile('MAX=1');
    let writes = 0;
    const clock = clockAt(-3_600_000, file, () => {
      if (writes++ < 20) writeFileSync(file, `MAX=1${'0'.repeat(writes)}`);
    });
    const { bytes } = await readStable(file, { clock });
    expect(bytes?.toString()).toBe(`MAX=1${'0'.repeat(20)}`);
    expect(clock.monotonic()).toBe(20 * STEP_MS + 500);
  });

  it('waits two seconds for content that is not what was in effect, and not at all for what was', async () => {
    const file = textFile('A=1\n');
    const clock = clockAt(0, file);
    await readStable(file, { clock, complete: Buffer.from('A=2\n') });
    expect(clock.monotonic()).toBe(2000);
    const another = clockAt(0, file);
    await readStable(file, { clock: another, complete: Buffer.from('A=1\n') });
    expect(another.sleeps).toEqual([]);
  });

  it('does not wait for a file that is proved to have been put in place whole', async () => {
    const file = textFile('A=1\n');
    const clock = clockAt(0, file);
    const seen: bigint[] = [];
    const whole = {
      arrivedWhole: ({ ino }: { ino: bigint }) => {
        seen.push(ino);
        return Promise.resolve(seen.length === 2);
      },
    };
    await expect(readStable(file, { clock, complete: Buffer.from('A=2\n'), whole })).resolves.toEqual({
      bytes: Buffer.from('A=1\n'),
    });
    expect(clock.sleeps).toEqual([STEP_MS]);
    expect(seen).toEqual(Array.from({ length: 2 }, () => statSync(file, { bigint: true }).ino));
  });

  it.runIf(process.platform !== 'win32')('notices when every user may read the file', async () => {
    const file = textFile('A=1\n');
    chmodSync(file, 0o604);
    await expect(readStable(file, { clock: new EagerClock() })).resolves.toMatchObject({
      worldReadable: true,
    });
    chmodSync(file, 0o640);
    await expect(readStable(file, { clock: new EagerClock() })).resolves.not.toHaveProperty('worldReadable');
  });

  it('gives up on a file that does not hold still, after five seconds', async () => {
    const file = textFile('A=1');
    let writes = 0;
    const clock = clockAt(-3_600_000, file, () => {
      writeFileSync(file, 'x'.repeat(++writes));
    });
    await expect(readStable(file, { clock })).resolves.toEqual({
      fault: { kind: 'unsettled', waitedMs: 5000 },
    });
    expect(clock.sleeps).toHaveLength(100);
  });

  it('waits for a file that is missing between an unlink and a re-creation', async () => {
    const file = textFile('A=1');
    unlinkSync(file);
    const clock = new EagerClock(undefined, () => {
      if (clock.sleeps.length === 3) writeFileSync(file, 'A=2', { mode: 0o600 });
    });
    await expect(readStable(file, { clock })).resolves.toEqual({ bytes: Buffer.from('A=2') });
    expect(clock.sleeps).toHaveLength(4);
  });

  it('believes that a file is missing after half a second', async () => {
    const clock = new EagerClock();
    await expect(readStable(join(temporaryDirectory(), 'none'), { clock })).resolves.toEqual({
      fault: { kind: 'missing-file' },
    });
    expect(clock.monotonic()).toBe(500);
  });

  it('takes a path through a file for a missing file', async () => {
    const file = textFile('A=1');
    await expect(readStable(join(file, 'below'), { clock: new EagerClock() })).resolves.toEqual({
      fault: { kind: 'missing-file' },
    });
  });

  it('refuses a directory at once', async () => {
    const clock = new EagerClock();
    await expect(readStable(temporaryDirectory(), { clock })).resolves.toEqual({
      fault: { kind: 'not-a-file' },
    });
    expect(clock.sleeps).toEqual([]);
  });

  it('refuses a named pipe without waiting for a writer', async () => {
    const pipe = join(temporaryDirectory(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(readStable(pipe, { clock: new EagerClock() })).resolves.toEqual({
      fault: { kind: 'not-a-file' },
    });
  });

  it('says what the system says of anything else, at once', async () => {
    const loop = join(temporaryDirectory(), 'loop');
    symlinkSync(loop, loop);
    const clock = new EagerClock();
    await expect(readStable(loop, { clock })).resolves.toEqual({
      fault: { kind: 'unreadable', code: 'ELOOP' },
    });
    expect(clock.sleeps).toEqual([]);
  });

  it('reads up to 4 MiB, and not a byte more', async () => {
    expect(DEFAULT_LIMITS.fileBytes).toBe(4_194_304);
    const file = textFile('A=1');
    truncateSync(file, DEFAULT_LIMITS.fileBytes);
    const { bytes } = await readStable(file, { clock: new EagerClock() });
    expect(bytes).toHaveLength(DEFAULT_LIMITS.fileBytes);
    truncateSync(file, DEFAULT_LIMITS.fileBytes + 1);
    await expect(readStable(file, { clock: new EagerClock() })).resolves.toEqual({
      fault: { kind: 'too-large', limit: DEFAULT_LIMITS.fileBytes },
    });
  });

  it('never believes at once that a file is empty', async () => {
    const file = textFile('');
    const clock = new EagerClock();
    await expect(readStable(file, { clock })).resolves.toEqual({ bytes: Buffer.alloc(0) });
    expect(clock.monotonic()).toBe(500);
  });

  it('refuses a file of unknown size that turns out to have content', async () => {
    // The kernel gives files under /proc the size 0.
    await expect(readStable('/proc/self/status', { clock: new EagerClock() })).resolves.toEqual({
      fault: { kind: 'unsettled', waitedMs: 5000 },
    });
  });

  it('reads through a symbolic link, and notices when it is swapped', async () => {
    const directory = temporaryDirectory();
    for (const name of ['one', 'two']) {
      mkdirSync(join(directory, name));
      textFile(`A=${name}`, join(directory, name));
    }
    const link = join(directory, '..data');
    const file = join(link, '.env');
    symlinkSync('one', link);
    const clock = clockAt(-3_600_000, file, () => {
      if (clock.sleeps.length !== 5) return;
      symlinkSync('two', `${link}.tmp`);
      renameSync(`${link}.tmp`, link);
    });
    const { bytes } = await readStable(file, { clock });
    expect(bytes?.toString()).toBe('A=two');
    expect(clock.monotonic()).toBe(6 * STEP_MS + 500);
  });

  it('leaves no descriptor open', async () => {
    const file = textFile('A=1');
    for (let reads = 0; reads < 3000; reads++) await readStable(file, { clock: new EagerClock() });
    rmSync(file);
    await expect(readStable(file, { clock: new EagerClock() })).resolves.toEqual({
      fault: { kind: 'missing-file' },
    });
  });
});

describe('the identity of a file', () => {
  it('differs with each of device, inode, size, mtime and ctime', () => {
    const stats = statSync(textFile('A=1'), { bigint: true });
    const parts = ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const;
    const identities = parts.map((part) =>
      identityOf(Object.assign(Object.create(stats), { [part]: 1_234_567_891n })),
    );
    expect(new Set([identityOf(stats), ...identities]).size).toBe(6);
    expect(identityOf(stats)).toBe(identityOf(stats));
  });
});

describe('the code of an error', () => {
  it('is that of a system error, and of nothing else', () => {
    expect(errorCode(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
    expect(errorCode(Object.assign(new Error('x'), { code: 7 }))).toBeNull();
    expect(errorCode(new Error('ENOENT'))).toBeNull();
    expect(errorCode({ code: 'ENOENT' })).toBeNull();
    expect(errorCode(null)).toBeNull();
  });
});

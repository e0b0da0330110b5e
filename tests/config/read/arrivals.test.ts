import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Arrivals } from '../../../src/config/read/arrivals.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

let file: string;
let arrivals: Arrivals;
let heard: number;

beforeEach(() => {
  file = path.join(temporaryDirectory(), '.env');
  writeFileSync(file, 'A=1\n');
  heard = 0;
  arrivals = new Arrivals(file);
  arrivals.start(() => heard++);
});

afterEach(() => {
  arrivals.stop();
});

/** Writes a file beside the other, and puts it in its place. */
function replace(text = 'A=2\n'): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

function isWhole(): Promise<boolean> {
  return arrivals.arrivedWhole(statSync(file, { bigint: true }));
}

// macOS and Windows tell of writes when they like: there, nothing is concluded from what they do not tell.
describe.runIf(process.platform === 'linux')('a file', () => {
  it('is whole that was put in place by a rename, every time', async () => {
    for (let saves = 0; saves < 3; saves++) {
      replace(`A=${String(saves + 2)}\n`);
      await expect(isWhole()).resolves.toBe(true);
      await expect(isWhole()).resolves.toBe(true);
    }
  });

  it('is whole that was renamed from another directory', async () => {
    const other = path.join(temporaryDirectory(), 'other');
    writeFileSync(other, 'A=2\n');
    renameSync(other, file);
    await expect(isWhole()).resolves.toBe(true);
  });

  const saves: [string, () => void][] = [
    ['was written in place', () => writeFileSync(file, 'A=2\n')],
    ['was there before anybody listened', () => undefined],
    [
      'was created and written',
      () => {
        rmSync(file);
        writeFileSync(file, 'A=2\n');
      },
    ],
    [
      'was written to after the rename',
      () => {
        replace();
        appendFileSync(file, 'B=2\n');
      },
    ],
    [
      'was given other permissions after the rename',
      () => {
        replace();
        chmodSync(file, 0o600);
      },
    ],
    ['is empty', () => replace('')],
    [
      'has another name, through which it may be written to',
      () => {
        replace();
        linkSync(file, `${file}.other`);
      },
    ],
    [
      'is behind a symbolic link',
      () => {
        writeFileSync(`${file}.target`, 'A=2\n');
        symlinkSync(`${file}.target`, `${file}.new`);
        renameSync(`${file}.new`, file);
      },
    ],
  ];

  it.each(saves)('is not known to be whole that %s', async (_what, save) => {
    save();
    await expect(isWhole()).resolves.toBe(false);
  });

  it('is not known to be whole when it was seen in another state', async () => {
    const seen = statSync(file, { bigint: true });
    replace();
    await expect(arrivals.arrivedWhole(seen)).resolves.toBe(false);
  });

  it('is not known to be whole when nobody listens any more', async () => {
    replace();
    await expect(isWhole()).resolves.toBe(true);
    arrivals.stop();
    await expect(isWhole()).resolves.toBe(false);
  });

  it('is told of, and no other file', async () => {
    writeFileSync(`${file}.log`, 'x');
    await isWhole();
    expect(heard).toBe(0);
    replace();
    await isWhole();
    expect(heard).toBeGreaterThan(0);
  });
});

describe.runIf(process.platform === 'linux')('a directory', () => {
  it('that comes later is listened to from the next read on', async () => {
    const directory = path.join(temporaryDirectory(), 'later');
    file = path.join(directory, '.env');
    arrivals.stop();
    arrivals = new Arrivals(file);
    arrivals.start(() => heard++);
    mkdirSync(directory);
    replace();
    await expect(isWhole()).resolves.toBe(false);
    replace();
    await expect(isWhole()).resolves.toBe(true);
  });

  it('that is replaced by another is left for it', async () => {
    const directory = path.dirname(file);
    renameSync(directory, `${directory}.old`);
    mkdirSync(directory);
    replace();
    await expect(isWhole()).resolves.toBe(false);
    replace('A=3\n');
    await expect(isWhole()).resolves.toBe(true);
    rmSync(`${directory}.old`, { recursive: true });
  });
});

import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { type FileAccess, nodeFiles } from '../../../src/config/read/file-access.js';
import { readStable } from '../../../src/config/read/stable-read.js';
import { EagerClock } from '../../support/manual-clock.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

let file: string;

beforeEach(() => {
  file = join(temporaryDirectory(), '.env');
  writeFileSync(file, 'MAX=1000\n');
});

/** Files to which something happens between the bytes that were read and the look after it. */
function filesWith(act: (reads: number) => void): FileAccess {
  let reads = 0;
  return {
    ...nodeFiles,
    read: (...args) => {
      const length = nodeFiles.read(...args);
      act(++reads);
      return length;
    },
  };
}

async function read(files: FileAccess) {
  const clock = new EagerClock();
  const { bytes, fault } = await readStable(file, { clock, files });
  return { text: bytes?.toString(), fault, sleeps: clock.sleeps.length };
}

describe('a file that changes while it is read', () => {
  it('is read again, even though it was at rest before', async () => {
    const files = filesWith((reads) => {
      if (reads === 1) writeFileSync(file, 'MAX=2000\n');
    });
    await expect(read(files)).resolves.toEqual({ text: 'MAX=2000\n', fault: undefined, sleeps: 1 });
  });

  it('is read again when its date was turned back', async () => {
    utimesSync(file, 1, 1);
    const files = filesWith((reads) => {
      if (reads > 1) return;
      writeFileSync(file, 'MAX=2000\n');
      utimesSync(file, 1, 1);
    });
    await expect(read(files)).resolves.toMatchObject({ text: 'MAX=2000\n', sleeps: 1 });
  });

  it.each(['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const)(
    'is one of which only the %s differs',
    async (field) => {
      let looks = 0;
      const files: FileAccess = {
        ...nodeFiles,
        stat: (path) => {
          const stats = nodeFiles.stat(path);
          if (looks++ === 0) Object.assign(stats, { [field]: stats[field] + 1n });
          return stats;
        },
      };
      await expect(read(files)).resolves.toMatchObject({ text: 'MAX=1000\n', sleeps: 1 });
    },
  );

  it('is refused when that goes on for five seconds', async () => {
    const files = filesWith((reads) => {
      writeFileSync(file, 'x'.repeat(reads));
    });
    await expect(read(files)).resolves.toMatchObject({ fault: { kind: 'unsettled', waitedMs: 5000 } });
  });
});

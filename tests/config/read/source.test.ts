import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { DEFAULT_LIMITS } from '../../../src/config/limits.js';
import { isSameSource, readSource, type Source } from '../../../src/config/read/source.js';
import { definitionsOf } from '../../../src/config/settings/definition.js';
import { settings } from '../../support/live-config-from.js';
import { EagerClock } from '../../support/manual-clock.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

let directory: string;

beforeEach(() => {
  directory = temporaryDirectory();
});

function save(text: string, name = '.env'): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

function read(attempted: Source | null = null): Promise<Source> {
  return readSource(
    {
      path: join(directory, '.env'),
      definitions: definitionsOf(settings),
      environment: {},
      clock: new EagerClock(),
      limits: DEFAULT_LIMITS,
    },
    { attempted, applied: null },
  );
}

describe('a source', () => {
  it('is the file, what it says, and the files that its settings name', async () => {
    const prompt = save('be brief', 'prompt.txt');
    save(`LIMIT=3\nPROMPT=${prompt}\n`);
    const { reading, file, companions } = await read();
    expect(reading.bytes?.toString()).toBe(`LIMIT=3\nPROMPT=${prompt}\n`);
    expect(file.values).toEqual({ LIMIT: '3', PROMPT: prompt });
    expect([...companions].map(([path, { bytes }]) => [path, bytes?.toString()])).toEqual([
      [prompt, 'be brief'],
    ]);
  });

  it('without a file says nothing, and why', async () => {
    const { reading, file, companions } = await read();
    expect(reading.fault).toEqual({ kind: 'missing-file' });
    expect(file).toMatchObject({ keys: [], faults: [] });
    expect(companions.size).toBe(0);
  });

  it('is parsed once as long as the bytes are the same', async () => {
    save('LIMIT=3\n');
    const first = await read();
    save('LIMIT=3\n');
    expect((await read(first)).file).toBe(first.file);
    save('LIMIT=4\n');
    expect((await read(first)).file).not.toBe(first.file);
  });
});

describe('two sources make the same configuration', () => {
  it('when all their bytes are the same', async () => {
    save(`PROMPT=${save('be brief', 'prompt.txt')}\n`);
    expect(isSameSource(await read(), await read())).toBe(true);
  });

  it('when they fail in the same way', async () => {
    expect(isSameSource(await read(), await read())).toBe(true);
  });

  it.each<[what: string, change: () => void]>([
    ['the file', () => save('LIMIT=3\n')],
    ['a file that a setting names', () => save('be long', 'prompt.txt')],
    ['which file a setting names', () => save(`PROMPT=${save('be brief', 'other.txt')}\n`)],
    ['how many files are named', () => save('PROMPT=\n')],
  ])('but not when %s differs', async (_what, change) => {
    save(`PROMPT=${save('be brief', 'prompt.txt')}\n`);
    const before = await read();
    change();
    expect(isSameSource(before, await read())).toBe(false);
    expect(isSameSource(await read(), before)).toBe(false);
  });

  it('nor when only one of them could be read', async () => {
    const missing = await read();
    save('');
    const blank = await read();
    expect(isSameSource(missing, blank)).toBe(false);
    expect(isSameSource(blank, missing)).toBe(false);
  });
});

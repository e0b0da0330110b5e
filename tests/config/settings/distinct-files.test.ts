import { linkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { distinctFiles } from '../../../src/config/settings/distinct-files.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

interface Paths {
  readonly LOG: string;
  readonly NOTES: string;
}

describe('settings that name files', () => {
  let directory: string;
  let check: (paths: Paths) => readonly string[];
  const at = (name: string): string => join(directory, name);

  beforeEach(() => {
    directory = temporaryDirectory();
    writeFileSync(at('.env'), 'A=1\n');
    const rule = distinctFiles<Paths, keyof Paths>(at('.env'), ['LOG', 'NOTES'], (value) => value !== '');
    check = (paths) => rule.check(paths).map(({ key, problem }) => `${key}: ${problem}`);
  });

  it('may name different ones, whether they are there or not, or none', () => {
    expect(check({ LOG: at('log'), NOTES: at('none/notes') })).toEqual([]);
    expect(check({ LOG: at('nowhere/log'), NOTES: at('none/notes') })).toEqual([]);
    expect(check({ LOG: '', NOTES: '' })).toEqual([]);
  });

  it('may not name the configuration file, by any name of it', () => {
    symlinkSync(at('.env'), at('symbolic'));
    linkSync(at('.env'), at('hard'));
    expect(check({ LOG: at('symbolic'), NOTES: at('hard') })).toEqual([
      'LOG: it names the same file as the configuration file',
      'NOTES: it names the same file as the configuration file',
    ]);
    expect(check({ LOG: join(directory, '.', 'x', '..', '.env'), NOTES: '' })).toHaveLength(1);
  });

  it('may not name one file twice, not even one that is yet to be made', () => {
    symlinkSync(directory, at('here'));
    expect(check({ LOG: at('new'), NOTES: at('here/new') })).toEqual([
      'NOTES: it names the same file as LOG',
    ]);
  });
});

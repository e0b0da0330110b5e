import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeDirectory } from '../../../src/lib/log/make-directory.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'make-directory-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('a directory', () => {
  it('is made with those above it, for the eyes it is meant for, and may be there already', () => {
    const deep = path.join(directory, 'a/b/c');
    makeDirectory(deep, 0o700);
    makeDirectory(deep, 0o700);
    for (const made of ['a', 'a/b', 'a/b/c']) {
      expect(statSync(path.join(directory, made)).mode & 0o777).toBe(0o700);
    }
  });

  it('that cannot be made is an error, where a recursive mkdir of Node 20 would hang', () => {
    expect(() => {
      makeDirectory('/proc/no/where');
    }).toThrow(/ENOENT/);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { makeWritable, readJson, UsageError, wholeNumber, writeJson } from './command-line.js';
import { temporaryDirectory } from './temporary-directory.js';

describe('an option of a command line', () => {
  it('is a whole number', () => {
    expect(wholeNumber('12', '--rounds')).toBe(12);
    for (const text of ['', '0', '-1', '2.5', '1e3', 'many', '99999999999999999'])
      expect(() => wholeNumber(text, '--rounds')).toThrow(
        new UsageError('--rounds: expected a whole number, 1 or more'),
      );
    expect(() => wholeNumber('3', '--crashes', 4)).toThrow('4 or more');
  });

  it('names a file that can be written to, and creates its directory', () => {
    const file = path.join(temporaryDirectory(), 'reports/run.json');
    makeWritable(file, '--json');
    expect(existsSync(file)).toBe(true);
    expect(() => makeWritable('/dev/null/run.json', '--json')).toThrow(/^--json \/dev\/null\/run\.json: /);
  });

  it('names a JSON file', () => {
    const file = path.join(temporaryDirectory(), 'run.json');
    writeJson(file, { saves: 3 });
    expect(readJson(file, '--from')).toEqual({ saves: 3 });
    expect(readFileSync(file, 'utf8')).toBe('{\n  "saves": 3\n}\n');
    expect(() => readJson('/nowhere.json', '--from')).toThrow(UsageError);
  });
});

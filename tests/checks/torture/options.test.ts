import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { type Options, readOptions } from '../../../checks/torture/options.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

function read(words: readonly string[], directory = temporaryDirectory()): Options {
  const main = path.join(directory, 'main.js');
  writeFileSync(main, '');
  return readOptions(['--main', main, ...words], { seed: 9, json: path.join(directory, 'reports/t.json') });
}

describe('the command line of the torture', () => {
  it('needs no words, and writes the report all the same', () => {
    const directory = temporaryDirectory();
    const json = path.join(directory, 'reports/t.json');
    expect(read([], directory)).toMatchObject({
      seed: 9,
      rounds: 60,
      saves: 20,
      json,
      from: null,
      writeDocs: false,
    });
    // Found out before the run, not after it.
    expect(existsSync(json)).toBe(true);
  });

  it('says how much is done, and where the report goes', () => {
    const directory = temporaryDirectory();
    const json = path.join(directory, 'other.json');
    const words = ['--seed', '3', '--rounds', '350', '--saves', '30', '--json', json, '--write-docs'];
    expect(read(words, directory)).toMatchObject({ seed: 3, rounds: 350, saves: 30, json, writeDocs: true });
  });

  it.each([
    ['--seed', 'lucky'],
    ['--rounds', '0'],
    ['--rounds', '1e3'],
    ['--saves', '2.5'],
    ['--saves', ''],
    ['--seed', '-1'],
    ['--main', '/nowhere/main.js'],
    ['--json', '/dev/null/report.json'],
    ['--speed', '3'],
    ['10000', ''],
  ])('refuses %s %s with a word about it', (option, value) => {
    expect(() => read([option, value])).toThrow(option);
  });

  it('needs no build to render a report that is there', () => {
    const words = ['--from', 'torture.json', '--main', '/nowhere/main.js', '--json', '/dev/null/report.json'];
    expect(read(words).from).toBe('torture.json');
  });
});

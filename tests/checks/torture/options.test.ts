import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readOptions, type TortureArgs } from '../../../checks/torture/options.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

function read(args: readonly string[], directory = temporaryDirectory()): TortureArgs {
  const main = path.join(directory, 'main.js');
  writeFileSync(main, '');
  return readOptions(['--main', main, ...args], path.join(directory, 'torture.json'));
}

describe('the command line of the torture', () => {
  it('needs no arguments', () => {
    expect(read([])).toMatchObject({ rounds: 60, saves: 20, keep: false, from: null, writeDocs: false });
    expect(read([]).seed).toBeGreaterThan(0);
  });

  it('determines how much is done, and where the report goes', () => {
    const json = path.join(temporaryDirectory(), 'other.json');
    const args = ['--seed', '3', '--rounds', '350', '--saves', '30', '--json', json, '--write-docs'];
    expect(read(args)).toMatchObject({ seed: 3, rounds: 350, saves: 30, json, writeDocs: true });
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
  ])('refuses %s %s and says so', (option, value) => {
    expect(() => read([option, value])).toThrow(option);
  });

  it('needs no build to render an existing report', () => {
    const args = ['--from', 'torture.json', '--main', '/nowhere/main.js', '--json', '/dev/null/report.json'];
    expect(read(args).from).toBe('torture.json');
  });
});

import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readOptions } from '../../../checks/leak-hunt/options.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

describe('the command line of the leak hunt', () => {
  it('needs no arguments', () => {
    const json = path.join(temporaryDirectory(), 'hunt.json');
    expect(readOptions([], json)).toMatchObject({ kinds: 4, quotes: 60, crashes: 24, json, from: null });
  });

  it.each([
    ['--kinds', 'all'],
    ['--quotes', '0'],
    ['--crashes', '3'],
    ['--json', '/dev/null/report.json'],
    ['--seed', '3'],
  ])('refuses %s %s and says so', (option, value) => {
    expect(() => readOptions([option, value], path.join(temporaryDirectory(), 'hunt.json'))).toThrow(option);
  });
});

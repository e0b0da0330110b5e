import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseEnvFile } from '../../../src/config/parse/env-file.js';
import { describeWarning, warningsOf } from '../../../src/config/snapshot/warnings.js';
import { snapshotOf } from '../../support/snapshot-of.js';

const definitions = {
  NAME: z.string().prefault('me'),
  SECRET: z.string().prefault('short').meta({ secret: true }),
};

function warned(text: string, environment = {}): string[] {
  const file = parseEnvFile(Buffer.from(text));
  return warningsOf(snapshotOf(definitions, text, { environment }).entries, file).map(describeWarning);
}

describe('a warning', () => {
  it('is given for nothing that is in order', () => {
    expect(warned('NAME=x\nSECRET=12345678\nunrelated_thing=1')).toEqual([]);
  });

  it('asks whether an unknown key means a setting', () => {
    expect(warned('\nNAEM=x')).toEqual(['Unknown key NAEM on line 2: did you mean NAME?']);
  });

  it('names a key that hides a value of the environment', () => {
    expect(warned('NAME=x', { NAME: 'y' })).toEqual([
      'NAME on line 1 hides the value of the process environment',
    ]);
  });

  it('names a secret too short to be masked everywhere, wherever it comes from', () => {
    const rest = 'has fewer than 8 characters, too few to be masked wherever it might turn up';
    expect(warned('SECRET=1234567')).toEqual([`The secret SECRET on line 1 ${rest}`]);
    expect(warned('# none', { SECRET: 'x' })).toEqual([`The secret SECRET in the environment ${rest}`]);
  });

  it('is not given for defaults', () => {
    expect(warned('# none')).toEqual([]);
  });

  it('points at a value that is cut at a "#"', () => {
    expect(warned('\nNAME=a#b')).toEqual([
      'The value of NAME on line 2 ends at the "#": quote it if the "#" belongs to it',
    ]);
  });

  it('points at the line of a value that is cut to nothing, a setting or not', () => {
    expect(warned('NAME=#fff\nCOLOR=#fff')).toEqual([
      'The value of NAME on line 1 ends at the "#": quote it if the "#" belongs to it',
      'The value of COLOR on line 2 ends at the "#": quote it if the "#" belongs to it',
    ]);
  });

  it('never names a key that looks like a secret', () => {
    const key = 'ghp_0123456789abcdefghij';
    expect(describeWarning({ kind: 'shadowed-key', key, line: 1 })).toBe(
      '[hidden] on line 1 hides the value of the process environment',
    );
  });
});

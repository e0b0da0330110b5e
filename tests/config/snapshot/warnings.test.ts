import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseEnvFile } from '../../../src/config/parse/env-file.js';
import { OwnWords } from '../../../src/config/secrets/own-words.js';
import { definitionsOf } from '../../../src/config/settings/definition.js';
import { accessWarnings, describeWarning, warningsOf } from '../../../src/config/snapshot/warnings.js';
import { snapshotOf } from '../../support/snapshot-of.js';

/** Declared, and as long and mixed as a token. */
const LONG_NAME = 'S3_BUCKET_OF_REGION_2_FOR_UPLOADS_X9Q7Z';

const settings = {
  NAME: z.string().prefault('me'),
  SECRET: z.string().prefault('short').meta({ secret: true }),
  [LONG_NAME]: z.string().default(''),
};

function warned(text: string, environment = {}): string[] {
  const file = parseEnvFile(Buffer.from(text));
  return warningsOf(snapshotOf(settings, text, { environment }).entries, {
    file,
    definitions: definitionsOf(settings),
    ownWords: new OwnWords(['Configuration reloaded']),
    environmentOnly: new Set(['NAEME_FILE']),
  }).map(describeWarning);
}

const entriesOf = (text: string) => snapshotOf(settings, text).entries;

describe('a file that every user may read', () => {
  it('is worth a warning when it holds a secret', () => {
    const warnings = accessWarnings(entriesOf('NAME=x\nSECRET=12ab5678'), { worldReadable: true });
    expect(warnings.map(describeWarning)).toEqual([
      'Every user of this machine can read the file, in which SECRET on line 2 is a secret: take the permission away with chmod o-r',
    ]);
  });

  it('is worth none when the secret is in the environment, or only its owner may read it', () => {
    expect(accessWarnings(entriesOf('NAME=x'), { worldReadable: true })).toEqual([]);
    expect(accessWarnings(entriesOf('SECRET=12ab5678'), {})).toEqual([]);
  });
});

describe('a warning', () => {
  it('is given for nothing that is in order', () => {
    expect(warned('NAME=x\nSECRET=12ab5678\nunrelated_thing=1')).toEqual([]);
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

  it('names a secret that can be found by trying, and an everyday word that nobody declared a secret', () => {
    expect(warned('SECRET=12345678\nDB_PASSWORD=required')).toEqual([
      'The secret SECRET on line 1 can be found by trying, so it is hidden in its own place but not masked elsewhere: choose a longer one',
      'The secret DB_PASSWORD on line 2 is an everyday word, so it is hidden in its own place but not masked elsewhere: choose another',
    ]);
    expect(warned('SECRET=required')).toEqual([]);
  });

  it("names a secret that occurs in the program's own words", () => {
    expect(warned('SECRET=Configuration')).toEqual([
      "The secret SECRET on line 1 occurs in this program's own messages, which are masked there: choose another",
    ]);
  });

  it('says that a key has no effect which is read from the environment only, and suggests no other', () => {
    expect(warned('NAEME_FILE=x')).toEqual([
      'NAEME_FILE on line 1 has no effect: it is read from the process environment only',
    ]);
  });

  it('points at a secret in the place of a key, and does not show it', () => {
    const remedy = 'write it after a key and "=", and replace it if anybody may have seen it';
    expect(warned('\nghp_0123456789abcdefghij=')).toEqual([
      `The key on line 2 looks like a secret: ${remedy}`,
    ]);
    // The end of a padded base64 is no value.
    expect(warned('Zq7vKx2wRt9yLp4mNb8cHd==')).toEqual([`The key on line 1 looks like a secret: ${remedy}`]);
    expect(warned(`${LONG_NAME}=\nEMPTY=`)).toEqual([]);
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

  it('points at a line that repeats another, and at a value that two lines have become', () => {
    expect(warned('NAME=x\n\nNAME=x')).toEqual(['NAME on line 3 repeats line 1: delete one of the two']);
    expect(warned('other=x\tNAME=y')).toEqual([
      'The value of other on line 1 contains an assignment of NAME, so it is hidden: put each setting on its own line',
    ]);
  });

  it('never names a key that looks like a secret, unless it is declared', () => {
    const key = 'ghp_0123456789abcdefghij';
    expect(warned(`${key}=x`, { [key]: 'y' })).toEqual([
      '[hidden] on line 1 hides the value of the process environment',
    ]);
    expect(warned(`${LONG_NAME}=x`, { [LONG_NAME]: 'y' })).toEqual([
      `${LONG_NAME} on line 1 hides the value of the process environment`,
    ]);
  });
});

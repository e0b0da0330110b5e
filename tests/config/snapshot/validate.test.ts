import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { NO_FILE, parseEnvFile } from '../../../src/config/parse/env-file.js';
import type { Source } from '../../../src/config/read/source.js';
import { definitionsOf } from '../../../src/config/settings/definition.js';
import { type Candidate, validate } from '../../../src/config/snapshot/validate.js';
import { atOnce } from '../../../src/config/steps.js';

const definitions = definitionsOf({ LEAST: z.coerce.number(), MOST: z.coerce.number().default(9) });

interface Settings {
  readonly LEAST: number;
  readonly MOST: number;
}

function sourceOf(text: string): Source {
  const bytes = Buffer.from(text);
  return { reading: { bytes }, file: parseEnvFile(bytes), companions: new Map() };
}

const sourceOfFault = (kind: 'missing-file' | 'blank'): Source => ({
  reading: { fault: { kind } },
  file: NO_FILE,
  companions: new Map(),
});

function faultsOf(source: Source, parts: Partial<Candidate<Settings>> = {}) {
  const rules = [
    {
      keys: ['LEAST', 'MOST'] as const,
      check: ({ LEAST, MOST }: Settings) =>
        LEAST > MOST ? [{ key: 'MOST', problem: 'it is below LEAST', remedy: 'raise it' }] : [],
    },
  ];
  const candidate = { source, definitions, environment: {}, rules, previous: null, mayBeMissing: false };
  return atOnce(validate<Settings>({ ...candidate, ...parts })).faults;
}

describe('a file is validated', () => {
  it('for its syntax, its values and its rules at once, in the order of the lines', () => {
    expect(faultsOf(sourceOf('MOST=1\nthis is nothing\nLEAST=2\n'))).toMatchObject([
      { kind: 'broken-rule', key: 'MOST', line: 1 },
      { kind: 'not-an-assignment', line: 2 },
    ]);
    expect(faultsOf(sourceOf('LEAST=x\nthis is nothing\n'))).toMatchObject([
      { kind: 'invalid-setting', key: 'LEAST', line: 1 },
      { kind: 'not-an-assignment', line: 2 },
    ]);
  });

  it('with a rule that its key breaks by default on the line of the other', () => {
    expect(faultsOf(sourceOf('\nLEAST=10\n'))).toMatchObject([{ kind: 'broken-rule', key: 'MOST', line: 2 }]);
  });

  it('and passes when nothing is wrong', () => {
    expect(faultsOf(sourceOf('LEAST=1\n'))).toEqual([]);
  });
});

describe('a file that could not be read', () => {
  it('is the only fault', () => {
    expect(faultsOf(sourceOfFault('blank'))).toEqual([{ kind: 'blank' }]);
    expect(faultsOf(sourceOfFault('missing-file'))).toEqual([{ kind: 'missing-file' }]);
  });

  it('may be missing when the environment supplies what is required', () => {
    const missing = sourceOfFault('missing-file');
    expect(faultsOf(missing, { mayBeMissing: true, environment: { LEAST: '1' } })).toEqual([]);
    expect(faultsOf(missing, { mayBeMissing: true })).toMatchObject([
      { kind: 'missing-file' },
      { kind: 'missing-setting', key: 'LEAST' },
    ]);
  });
});

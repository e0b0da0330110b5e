import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkConfig, type CheckOptions } from '../../src/config/check.js';
import { Masker } from '../../src/config/secrets/masker.js';
import { settings } from '../support/live-config-from.js';
import { EagerClock } from '../support/manual-clock.js';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'check-'));
  file = path.join(directory, '.env');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function check(options: Partial<CheckOptions<typeof settings>>) {
  return checkConfig({ settings, file, environment: {}, clock: new EagerClock(), ...options });
}

describe('a check', () => {
  it('comes to the snapshot that a start would come to', async () => {
    writeFileSync(file, 'LIMIT=30\nEXTRA=more\n');
    const { snapshot, entries, findings, missing } = await check({ environment: { LEVEL: 'high' } });
    expect(snapshot?.settings).toMatchObject({ LIMIT: 30, LEVEL: 'high' });
    expect(entries.map(({ key }) => key)).toEqual(['EXTRA', ...Object.keys(settings)]);
    expect({ findings, missing }).toEqual({ findings: [], missing: false });
  });

  it('finds faults and warnings in the order of the lines, and what stands on none last', async () => {
    writeFileSync(file, 'LIMTI=1\nLIMIT=many\nPLACE=there\nnonsense\n');
    const { snapshot, findings } = await check({ environment: { PLACE: 'here', LEVEL: 'middling' } });
    expect(snapshot).toBeNull();
    expect(findings.map(({ severity, kind, source, line }) => [severity, kind, source, line])).toEqual([
      ['warning', 'unknown-key', 'file', 1],
      ['error', 'invalid-setting', 'file', 2],
      ['warning', 'shadowed-key', 'file', 3],
      ['error', 'not-an-assignment', 'file', 4],
      ['error', 'invalid-setting', 'environment', null],
    ]);
    expect(findings[1]).toMatchObject({
      key: 'LIMIT',
      message: 'expected a whole number from 0 to 100 (remedy: correct the value)',
      text: `${file}:2 LIMIT: expected a whole number from 0 to 100 (remedy: correct the value)`,
    });
  });

  it('resolves what it can of an invalid file', async () => {
    writeFileSync(file, 'LIMIT=many\nPLACE=there\n');
    const { entries } = await check({});
    expect(entries.find(({ key }) => key === 'PLACE')).toMatchObject({ text: 'there', line: 2 });
    expect(entries.some(({ key }) => key === 'LIMIT')).toBe(false);
  });

  it('looks at a text in the place of the file', async () => {
    const checked = await check({ text: 'LIMIT=40\n' });
    expect(checked.snapshot?.settings.LIMIT).toBe(40);
    expect(existsSync(file)).toBe(false);
    expect(checked.missing).toBe(false);
    expect((await check({ text: 'LIMIT=x\n', limits: { fileBytes: 4 } })).findings).toMatchObject([
      { kind: 'too-large' },
    ]);
  });

  it('reads the files that a text names', async () => {
    const prompt = path.join(directory, 'prompt.txt');
    writeFileSync(prompt, 'Be kind.\n');
    expect((await check({ text: `PROMPT=${prompt}\n` })).snapshot?.files.get('PROMPT')).toBe('Be kind.\n');
    expect((await check({ text: `PROMPT=${prompt}.old\n` })).findings).toMatchObject([
      { kind: 'unusable-companion', line: 1, key: 'PROMPT' },
    ]);
  });

  it('does without a file where a start does, unless it must exist', async () => {
    expect(await check({})).toMatchObject({ missing: true, findings: [], snapshot: {} });
    expect(await check({ mustExist: true })).toMatchObject({
      missing: true,
      snapshot: null,
      findings: [{ kind: 'missing-file', line: null, source: 'file' }],
    });
  });

  it('hides secrets in what rules say, and makes the masker know them', async () => {
    const masker = new Masker();
    const rule = {
      keys: ['TOKEN' as const],
      check: () => [{ key: 'TOKEN', problem: 'is a-secret-of-the-file', remedy: 'no a-secret-of-the-file' }],
    };
    const { findings } = await check({ masker, rules: [rule], text: 'TOKEN=a-secret-of-the-file\n' });
    expect(findings.map(({ message }) => message)).toEqual(['is [hidden] (remedy: no [hidden])']);
    expect(masker.mask('a-secret-of-the-file')).toBe('[hidden]');
  });

  it('leaves the environment as it is', async () => {
    const environment = { LIMIT: '7' };
    await check({ environment, text: 'LIMIT=8\nEXTRA=1\n' });
    expect(environment).toEqual({ LIMIT: '7' });
  });
});

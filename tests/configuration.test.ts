import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Masker } from '../src/config/index.js';
import { commandLineFor, environmentFaults, fileFor } from '../src/configuration.js';
import { TOKEN_LINE } from './support/run-command-line.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'configuration-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const HERE = { file: undefined, withEnvironment: true, mustExist: false };

describe('the configuration', () => {
  it('is in the file that ENV_FILE names, or else in .env', () => {
    expect(fileFor({ ENV_FILE: 'my.env' })).toBe('my.env');
    expect(fileFor({ ENV_FILE: '' })).toBe('.env');
  });

  it('is checked where the bot would find it, even by a check that looks at the file alone', async () => {
    const ENV_FILE = path.join(directory, 'my.env');
    writeFileSync(ENV_FILE, TOKEN_LINE, { mode: 0o600 });
    const { check } = commandLineFor({ ENV_FILE, DEBUG: 'perhaps' });
    expect(await check(HERE, new Masker())).toMatchObject({ file: ENV_FILE, findings: [{ key: 'DEBUG' }] });
    expect(await check({ ...HERE, withEnvironment: false }, new Masker())).toMatchObject({ findings: [] });
  });

  it.each(['127.0.0.1:8080', 'ftp://example.org', 'http://'])(
    'is invalid where DISCORD_API_URL is %s',
    async (DISCORD_API_URL) => {
      expect(environmentFaults({ DISCORD_API_URL })).toMatchObject([
        { severity: 'error', key: 'DISCORD_API_URL' },
      ]);
      const ENV_FILE = path.join(directory, 'my.env');
      writeFileSync(ENV_FILE, TOKEN_LINE, { mode: 0o600 });
      const { check } = commandLineFor({ ENV_FILE, DISCORD_API_URL });
      expect(await check(HERE, new Masker())).toMatchObject({
        snapshot: null,
        findings: [{ key: 'DISCORD_API_URL' }],
      });
    },
  );

  it('is invalid where nobody can tell which shards the process runs, which is said besides everything else', () => {
    const faults = environmentFaults({ DISCORD_API_URL: 'nowhere', SHARD_COUNT: 'some' });
    expect(faults.map(({ text }) => text)).toEqual([
      'environment DISCORD_API_URL: expected an http or https URL (remedy: correct or unset it)',
      'environment SHARD_COUNT: expected a whole number from 1, or auto (remedy: correct or unset it)',
    ]);
  });

  it.each([undefined, '', 'http://127.0.0.1:8080/api', 'HTTPS://example.org'])(
    'is fine where DISCORD_API_URL is %s',
    (DISCORD_API_URL) => {
      expect(environmentFaults({ DISCORD_API_URL })).toEqual([]);
    },
  );
});

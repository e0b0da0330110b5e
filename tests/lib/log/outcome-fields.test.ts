import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { outcomeFields } from '../../../src/lib/log/outcome-fields.js';
import { liveConfigFrom, refreshWith, type TestConfig } from '../../support/live-config-from.js';

let directory: string;
let config: TestConfig;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'outcome-fields-'));
  config = await liveConfigFrom(directory, 'LEVEL=low\nTOKEN=a-token-to-hide\n');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('the fields of an outcome', () => {
  it('count the changes and name the keys, without values', async () => {
    const fields = outcomeFields(await refreshWith(config, 'LEVEL=high\nEXTRA=1\nTOKEN=another-token\n'));
    expect(fields).toMatchObject({
      event: 'config.reload',
      trigger: 'signal',
      outcome: 'applied',
      added: 1,
      removed: 0,
      modified: 2,
      addedKeys: ['EXTRA'],
      modifiedKeys: ['LEVEL', 'TOKEN'],
      secretsChanged: 1,
      durationMs: expect.any(Number),
    });
    expect(JSON.stringify(fields)).not.toMatch(/another-token|high/);
  });

  it('of a rejection are the faults, and the version that stays', async () => {
    const { version } = config.current;
    const fields = outcomeFields(await refreshWith(config, 'LEVEL=highest\n'));
    expect(fields).toMatchObject({
      outcome: 'rejected',
      version,
      faults: [expect.stringContaining('LEVEL')],
    });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { outcomeFields, previewFields } from '../../../src/lib/log/outcome-fields.js';
import { liveConfigFrom, refreshWith, type TestConfig } from '../../support/live-config-from.js';
import { accepted, change, NO_DIFF, rejected } from '../../support/outcomes.js';

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

  it('name everybody who asked, the first one apart', () => {
    const alone = outcomeFields(accepted({ triggers: [{ kind: 'command', who: '42' }] }));
    expect(alone).toMatchObject({ trigger: 'command', who: '42' });
    expect(alone).not.toHaveProperty('sharedWith');
    const others = Array.from({ length: 60 }, (_, index) => ({ kind: 'command', who: String(index) }));
    const shared = outcomeFields(accepted({ triggers: [{ kind: 'signal' }, ...others] }));
    expect(shared).not.toHaveProperty('who');
    expect(shared['sharedWith']).toHaveLength(50);
    expect(shared).toMatchObject({ sharedWith: expect.arrayContaining(['command by 0']) });
  });

  it('have the time in milliseconds, to the microsecond', () => {
    expect(outcomeFields(accepted({ durationMs: 12.345_678 }))).toMatchObject({ durationMs: 12.346 });
  });

  it('name the subscribers that failed, unless nobody was told', () => {
    const failures = [{ name: 'me', reason: 'no' }];
    expect(outcomeFields(accepted({ subscriberFailures: failures }))).toMatchObject({
      subscriberFailures: failures,
    });
    expect(outcomeFields(rejected())).not.toHaveProperty('subscriberFailures');
  });

  it('list fifty keys of each kind at most, and count all', () => {
    const added = Array.from({ length: 60 }, (_, index) => change(`KEY_${index}`, null, 'x'));
    const fields = outcomeFields(accepted({ diff: { ...NO_DIFF, added } }));
    expect(fields['addedKeys']).toHaveLength(50);
    expect(fields).toMatchObject({ added: 60 });
  });

  it('of a preview say so, and what a reload would come to', async () => {
    const fields = previewFields(await config.preview(), { kind: 'command', who: '42' });
    expect(fields).toMatchObject({
      event: 'config.preview',
      trigger: 'command',
      who: '42',
      outcome: 'preview',
      result: 'unchanged',
      version: config.current.version,
    });
  });
});

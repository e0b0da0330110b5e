import { describe, expect, it } from 'vitest';

import { definitionsOf } from '../../../src/config/settings/definition.js';
import { secondKey } from '../../../src/config/settings/second-key.js';
import { liveConfigFrom, refreshWith, settings } from '../../support/live-config-from.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const definitions = definitionsOf(settings);

describe('a value that goes on with another assignment', () => {
  it.each([
    ['chess LIMIT=3', 'LIMIT'],
    ['chess\tOPENAI_API_KEY=plain', 'OPENAI_API_KEY'],
    ['chess\fDB_PASSWORD=plain', 'DB_PASSWORD'],
    ['1\\nLIMIT=3', 'LIMIT'],
    ['1 export TOKEN=plain', 'TOKEN'],
    ['a=1 b=2 LIMIT=x', 'LIMIT'],
    ['1 export \t TOKEN=plain', 'TOKEN'],
    ['see NOTE: LIMIT=3', 'LIMIT'],
    ['1 DB_PASSWORD_2=plain', 'DB_PASSWORD_2'],
  ])('%j assigns %s', (text, key) => {
    expect(secondKey(text, definitions)).toBe(key);
  });

  it.each([
    'http://localhost/?LIMIT=3',
    'host=db user=me password=secret',
    'Server=db; PASSWORD=secret',
    'NODE_ENV=production node .',
    'LIMIT=3',
    'set LIMIT to 3',
  ])('%j assigns nothing', (text) => {
    expect(secondKey(text, definitions)).toBeNull();
  });

  it('is hidden, with a warning that names its line and none of its text', async () => {
    const config = await liveConfigFrom(temporaryDirectory(), 'PLACE=home\n');
    const outcome = await refreshWith(config, 'PLACE=home TOKEN=plain-text\nOTHER="a\tLIMIT=3"\n');
    expect(outcome.warnings).toEqual([
      { kind: 'second-assignment', key: 'PLACE', line: 1, second: 'TOKEN' },
      { kind: 'second-assignment', key: 'OTHER', line: 2, second: 'LIMIT' },
    ]);
    expect(config.current.entries.get('PLACE')?.shown).toBe('[hidden]');
    expect(config.mask('it says plain-text')).toBe('it says [hidden]');
    expect(outcome).toMatchObject({ kind: 'applied', diff: { modified: [{ after: '[hidden]' }] } });
  });
});

import { describe, expect, it } from 'vitest';

import { secondKey } from '../../../src/config/settings/second-key.js';
import { definitions, faultsOf, liveConfigFrom, refreshWith } from '../../support/live-config-from.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

describe('a value that goes on with another assignment', () => {
  it.each([
    ['chess LIMIT=3', 'LIMIT'],
    ['chess\tOPENAI_API_KEY=plain', 'OPENAI_API_KEY'],
    ['chess\fDB_PASSWORD=plain', 'DB_PASSWORD'],
    ['1\\nLIMIT=3', 'LIMIT'],
    ['1 export TOKEN=plain', 'TOKEN'],
    ['a=1 b=2 LIMIT=x', 'LIMIT'],
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

  it('is refused, in a setting as in an extra, with its line and without its text', async () => {
    const config = await liveConfigFrom(temporaryDirectory(), 'PLACE=home\n');
    const outcome = await refreshWith(config, 'PLACE=home TOKEN=plain\nOTHER="a\tLIMIT=3"\n');
    expect(faultsOf(outcome)).toEqual([
      '.env:2 OTHER: the value holds an assignment of LIMIT (remedy: put every setting on a line of its own)',
      '.env:1 PLACE: the value holds an assignment of TOKEN (remedy: put every setting on a line of its own)',
    ]);
    expect(config.current.settings.PLACE).toBe('home');
  });
});

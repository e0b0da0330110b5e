import { describe, expect, it } from 'vitest';

import { readOptions } from '../../bench/options.js';

describe('the options of the bench', () => {
  it('measure in full and write nothing but the results, unless told otherwise', () => {
    expect(readOptions([], '/tmp/results.json')).toEqual({
      scope: 'standard',
      json: '/tmp/results.json',
      writeDocs: false,
      from: null,
    });
  });

  it('are read from the command line', () => {
    const args = ['--quick', '--json', 'mine.json', '--write-docs', '--from', 'theirs.json'];
    expect(readOptions(args, '/tmp/results.json')).toEqual({
      scope: 'quick',
      json: 'mine.json',
      writeDocs: true,
      from: 'theirs.json',
    });
  });

  it('are rejected when unknown', () => {
    expect(() => readOptions(['--slow'], '')).toThrow("Unknown option '--slow'");
  });
});

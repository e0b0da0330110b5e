import { describe, expect, it } from 'vitest';

import { DEFAULT_LIMITS } from '../../../src/config/limits.js';
import { withinLimits } from '../../../src/config/parse/bounds.js';
import { parseEnvFile } from '../../../src/config/parse/env-file.js';

function bounded(text: string) {
  return withinLimits(parseEnvFile(Buffer.from(text)), { ...DEFAULT_LIMITS, keys: 3, valueBytes: 6 });
}

describe('the limits of a file', () => {
  it('leave alone what is within them, to the last key and byte', () => {
    const text = 'A=123456\nB=€€\nC=x\n';
    expect(bounded(text)).toEqual(parseEnvFile(Buffer.from(text)));
  });

  it('refuse a file of too many keys at the first that is one too many, and look at none of it', () => {
    expect(bounded('# c\nA=1\nB=2\nC=3\nD=4\nE=5')).toMatchObject({
      faults: [{ kind: 'too-many-keys', line: 5, limit: 3 }],
      keys: [],
      values: {},
      complete: false,
    });
  });

  it('refuse a value that is too long in bytes, and keep the others', () => {
    expect(bounded('A=1\nB=€€x\nC=3')).toMatchObject({
      faults: [{ kind: 'too-long-value', key: 'B', line: 2, limit: 6 }],
      keys: ['A', 'C'],
      lines: [1, 3],
      values: { A: '1', C: '3' },
      doubtful: new Set(['B']),
      complete: true,
    });
  });
});

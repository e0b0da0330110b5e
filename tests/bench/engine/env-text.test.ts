import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';

import { envText } from '../../../bench/engine/env-text.js';

function changedKeys(before: string, after: string): string[] {
  const old = parse(before);
  return Object.entries(parse(after)).flatMap(([key, value]) => (old[key] === value ? [] : [key]));
}

describe('a generated .env', () => {
  it.each([10, 50, 1000])('has exactly %d keys', (keys) => {
    expect(Object.keys(parse(envText({ keys, edit: 0, generation: 0 })))).toHaveLength(keys);
  });

  it('changes one value in the middle from one edit to the next', () => {
    const texts = [0, 1].map((edit) => envText({ keys: 50, edit, generation: 0 }));
    expect(changedKeys(texts[0] ?? '', texts[1] ?? '')).toEqual(['REQUEST_LIMIT']);
    expect(Object.keys(parse(texts[0] ?? ''))[25]).toBe('REQUEST_LIMIT');
  });

  it('changes every value but the secret from one generation to the next', () => {
    const texts = [0, 1].map((turn) => envText({ keys: 50, edit: turn, generation: turn }));
    const changed = changedKeys(texts[0] ?? '', texts[1] ?? '');
    expect(changed).toHaveLength(49);
    expect(changed).not.toContain('APP_TOKEN');
  });

  it('stays below the 4 MiB that the engine reads, with 100,000 keys', () => {
    expect(envText({ keys: 100_000, edit: 999, generation: 999 }).length).toBeLessThan(4 * 1024 ** 2);
  });
});

import { describe, expect, it } from 'vitest';

import { fencesIn } from '../../../../src/lib/assistant/text/fences.js';

describe('the blocks of code in a text', () => {
  it('are found with their language and their ends', () => {
    const text = 'Look:\n```ts\nconst a = 1;\n```\nand ```b```';
    const [first, second] = fencesIn(text);
    expect(first).toMatchObject({ start: 6, language: 'ts' });
    expect(text.slice(first?.code, first?.end ?? 0)).toBe('const a = 1;\n```');
    expect(second).toMatchObject({ language: '', end: text.length });
  });

  it('may be open', () => {
    expect(fencesIn('```js\nconst')).toEqual([{ start: 0, code: 6, end: null, language: 'js' }]);
  });

  it('are none where fewer than three backticks stand', () => {
    expect(fencesIn('`a` ``b``')).toEqual([]);
  });
});

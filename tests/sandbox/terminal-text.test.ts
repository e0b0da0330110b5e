import { expect, it } from 'vitest';

import { paintFor, wrap } from '../../sandbox/terminal-text.js';

it('wraps at spaces, and long words anywhere', () => {
  expect(wrap('one two three', 9)).toEqual(['one two', 'three']);
  expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrap('short', 9)).toEqual(['short']);
});

it('keeps the indent of a line, and indents the rows that follow', () => {
  expect(wrap('  one two three four', 9, 4)).toEqual(['  one two', '    three', '    four']);
});

it('counts an emoji as two columns', () => {
  expect(wrap('✅ ♻️ ab', 7)).toEqual(['✅ ♻️', 'ab']);
  expect(wrap('✅ ♻️ ab', 8)).toEqual(['✅ ♻️ ab']);
});

it('paints only where there are colours', () => {
  expect(paintFor(true)('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  expect(paintFor(false)('red', 'x')).toBe('x');
});

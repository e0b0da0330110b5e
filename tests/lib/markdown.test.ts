import { describe, expect, it } from 'vitest';

import { code, fitLines, relativeTime } from '../../src/lib/markdown.js';

describe('code', () => {
  it('makes Markdown, mentions and backticks inert', () => {
    expect(code('**a** @everyone <@1> `x`')).toBe('`**a** @everyone <@1> ˋxˋ`');
  });

  it('keeps a value on one line and drops what is invisible', () => {
    expect(code('a\n\n\tb\u202Ec\u200B')).toBe('`a bc`');
  });

  it('says of an empty or blank value that it is empty', () => {
    expect([code(''), code('  ')]).toEqual(['*(empty)*', '*(empty)*']);
  });

  it('cuts a value after 300 characters', () => {
    expect(code('x'.repeat(300))).toBe(`\`${'x'.repeat(300)}\``);
    expect(code('x'.repeat(301))).toBe(`\`${'x'.repeat(300)}…\``);
  });
});

describe('fitLines', () => {
  it('joins lines that fit, to the last character', () => {
    expect(fitLines(['abc', 'def'], 7)).toBe('abc\ndef');
  });

  it('counts the lines that do not fit', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${String(index)}`);
    const text = fitLines(lines, 100);
    expect(text.length).toBeLessThanOrEqual(100);
    const kept = text.split('\n').slice(0, -1);
    expect(kept).toEqual(lines.slice(0, kept.length));
    expect(text.endsWith(`… and ${String(100 - kept.length)} more`)).toBe(true);
  });

  it('cuts a first line that alone is too long', () => {
    expect(fitLines(['x'.repeat(50), 'y'], 20)).toBe(`${'x'.repeat(19)}…`);
  });
});

describe('relativeTime', () => {
  it('is a Discord time stamp in whole seconds', () => {
    expect(relativeTime(1_700_000_000_999)).toBe('<t:1700000000:R>');
  });
});

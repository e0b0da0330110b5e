import { describe, expect, it } from 'vitest';

import { code, fitLines, inert, relativeTime } from '../../../src/lib/replies/markdown.js';

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

  it('leaves no half of a character where it cuts', () => {
    const text = code(`x${'😀'.repeat(150)}`);
    expect(text).toBe(`\`x${'😀'.repeat(149)}…\``);
  });
});

describe('inert', () => {
  it.each([
    ['**a** `b` ||c|| ~~d~~', String.raw`\*\*a\*\* \`b\` \|\|c\|\| \~~d\~~`],
    ['@everyone <@1> <#2> <t:3:R>', String.raw`\@everyone \<\@1> \<#2> \<t:3:R>`],
    ['[x](https://example.org)', String.raw`[x]\(https://example.org)`],
    ['__A__, _B_, C__D, E_', String.raw`\_\_A\_\_, \_B\_, C\_\_D, E\_`],
    [String.raw`a\_b`, String.raw`a\\\_b`],
    ['a\nb\u2028c\u202Ed\u200B', 'a b cd'],
  ])('escapes what would be Markdown or a mention in %j', (text, expected) => {
    expect(inert(text)).toBe(expected);
  });

  it('leaves the lines of a report as they are', () => {
    const line = '📊 Changes: +1 added, ~2 modified · LOG_LEVEL (remedy: start the line with #) [hidden]';
    expect(inert(line)).toBe(line);
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

  it('cuts a line that alone is too long', () => {
    expect(fitLines(['x'.repeat(50)], 20)).toBe(`${'x'.repeat(19)}…`);
  });

  it('lets no endless line push out the others', () => {
    const text = fitLines(['title', 'x'.repeat(5000), 'y', 'z'.repeat(5000), 'last'], 100);
    expect(text.split('\n').map((line) => line[0])).toEqual(['t', 'x', 'y', 'z', 'l']);
    expect(text.length).toBeLessThanOrEqual(100);
  });
});

describe('relativeTime', () => {
  it('is a Discord time stamp in whole seconds', () => {
    expect(relativeTime(1_700_000_000_999)).toBe('<t:1700000000:R>');
  });
});

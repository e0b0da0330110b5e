import { array, assert, constantFrom, nat, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { splitText } from '../../../../src/lib/assistant/text/split-text.js';

const LIMIT = 200;
const sentence = (length: number): string => `${'x'.repeat(length - 1)}.`;

describe('splitText', () => {
  it('leaves a short text as it is, and makes nothing of a blank one', () => {
    expect(splitText('hello', LIMIT)).toEqual(['hello']);
    expect(splitText(' \n ', LIMIT)).toEqual([]);
    expect(splitText('x'.repeat(LIMIT), LIMIT)).toEqual(['x'.repeat(LIMIT)]);
  });

  it.each([
    { at: 'a paragraph', gap: '\n\n', lesser: '\n' },
    { at: 'a line', gap: '\n', lesser: '. ' },
    { at: 'a sentence', gap: '. ', lesser: ' ' },
  ])('prefers to cut at $at', ({ gap, lesser }) => {
    const text = `${'a'.repeat(120)}${gap}${'b'.repeat(60)}${lesser}${'c'.repeat(100)}`;
    const [first, second] = splitText(text, LIMIT);
    expect(first).toBe(`${'a'.repeat(120)}${gap}`.trim());
    expect(second).toBe(`${'b'.repeat(60)}${lesser}${'c'.repeat(100)}`);
  });

  it('cuts at a lesser boundary rather than leave a message nearly empty', () => {
    const text = `Hi\n\n${'word '.repeat(80)}`;
    expect(splitText(text, LIMIT)[0]?.length).toBeGreaterThan(LIMIT / 2);
  });

  it('cuts a word only when there is no other way, and never an emoji', () => {
    const family = '👨‍👩‍👧‍👦';
    const parts = splitText(family.repeat(60), LIMIT);
    expect(parts.join('')).toBe(family.repeat(60));
    for (const part of parts) expect(part.length % family.length).toBe(0);
  });

  it('keeps a block of code whole when it fits into one message', () => {
    const block = `\`\`\`js\n${'let a;\n'.repeat(20)}\`\`\``;
    expect(splitText(`${sentence(100)}\n${block}\nThe end.`, LIMIT)).toEqual([
      sentence(100),
      `${block}\nThe end.`,
    ]);
  });

  it('closes a block that has to be cut, and opens it again with its language', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `  line ${String(index)};`);
    const parts = splitText(`\`\`\`ts\n${lines.join('\n')}\n\`\`\``, LIMIT);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect(part).toMatch(/^```ts\n {2}line[^]*;\n```$/);
    const code = parts.map((part) => part.replace(/^```ts\n/, '').replace(/\n```$/, ''));
    expect(code.join('\n')).toBe(lines.join('\n'));
  });

  it.each([197, 198, 199, 200])(
    'cuts no fence in two, be it where a line has to be cut: behind %i characters',
    (length) => {
      const line = 'x'.repeat(length);
      expect(splitText(`${line}\`\`\`js\ncode\n\`\`\``, LIMIT)).toEqual([line, '```js\ncode\n```']);
    },
  );

  it('closes a block that is not finished yet', () => {
    expect(splitText('Look:\n```py\nprint(', LIMIT)).toEqual(['Look:\n```py\nprint(\n```']);
  });

  const pieces = oneof(
    constantFrom('```', '```ts\n', '\n```\n', '\n\n', '\n', '. ', ' ', '`', '👨‍👩‍👧‍👦', '日本語。'),
    string({ maxLength: 40 }),
    string({ minLength: 100, maxLength: 300, unit: 'grapheme' }),
  );
  const texts = array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

  it('makes messages that Discord takes, and leaves no block open', () => {
    assert(
      property(texts, (text) => {
        const parts = splitText(text, LIMIT);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(LIMIT);
          expect(part.trim()).not.toBe('');
          expect((part.match(/`{3,}/g) ?? []).length % 2).toBe(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('loses nothing but white space where there is no code', () => {
    assert(
      property(texts, (text) => {
        const prose = text.replaceAll('`', '');
        expect(splitText(prose, LIMIT).join('').replaceAll(/\s+/g, '')).toBe(prose.replaceAll(/\s+/g, ''));
      }),
      { numRuns: 500 },
    );
  });

  it('does not change what it has filled when the text grows', () => {
    assert(
      property(texts, array(nat(), { minLength: 1, maxLength: 6 }), (text, lengths) => {
        const whole = splitText(text, LIMIT);
        for (const length of lengths) {
          // As answers are shown: without a word that may not be finished.
          const begun = text.slice(0, length % (text.length + 1)).replace(/[\u0021-\u007E]+$/, '');
          const filled = splitText(begun, LIMIT).slice(0, -1);
          expect(whole.slice(0, filled.length)).toEqual(filled);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [
      'behind a sentence, and all the white space there',
      'First one.   Second one here',
      20,
      ['First one.', 'Second one here'],
    ],
    ['behind a word', 'one two   three', 11, ['one two', 'three']],
    ['behind a paragraph', 'aaaa\n\n\n\nbbbb', 7, ['aaaa', 'bbbb']],
    ['behind a sentence without spaces', 'あい。うえお。かき', 5, ['あい。', 'うえお。', 'かき']],
    ['at the very limit', 'abcd efgh', 4, ['abcd', 'efgh']],
    [
      'further on, where the better place is near the beginning',
      'a. bbbbbbbbbb ccc',
      14,
      ['a. bbbbbbbbbb', 'ccc'],
    ],
    ['near the beginning, where there is no other place', 'a\nbbbbbbbb', 8, ['a', 'bbbbbbbb']],
    ['anywhere in a word that is too long', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    [
      'between lines of code',
      '```js\nlet a\nlet b\nlet c\n```',
      22,
      ['```js\nlet a\nlet b\n```', '```js\nlet c\n```'],
    ],
    [
      'between words of code',
      '```js\nlet   a   let   b\n```',
      20,
      ['```js\nlet   a\n```', '```js\nlet   b\n```'],
    ],
    ['in front of code', 'intro\n```\ncode\n```', 14, ['intro', '```\ncode\n```']],
    ['behind code', '```\nabcdefgh\n```\nafter that', 18, ['```\nabcdefgh\n```', 'after that']],
    [
      'but not inside code that fits',
      'a b ```\nx y\n``` tail words',
      20,
      ['a b ```\nx y\n``` tail', 'words'],
    ],
    ['where the code ends anyway', '```\naaaa\n\n   ```\nrest', 12, ['```\naaaa\n```', 'rest']],
  ])('cuts %s', (_where, text, limit, messages) => {
    expect(splitText(text, limit)).toEqual(messages);
  });
});

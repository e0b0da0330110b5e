import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';

import { changedLines, maskedLines, quoted, setKey, unsetKey } from './env-text.js';

const TEXT = `# a comment
A=1
PEM="one
two"
B=2
`;

describe('setting a key', () => {
  it('replaces its line, or all lines of its value, and nothing else', () => {
    expect(setKey(TEXT, 'A', '3')).toBe(TEXT.replace('A=1', 'A=3'));
    expect(setKey(TEXT, 'PEM', 'three')).toBe('# a comment\nA=1\nPEM=three\nB=2\n');
  });

  it('adds a line for a new key, also behind a last line without a break', () => {
    expect(setKey('A=1\n', 'B', '2')).toBe('A=1\nB=2\n');
    expect(setKey('A=1', 'B', '2')).toBe('A=1\nB=2\n');
  });

  it('leaves one line of a key that was set twice', () => {
    expect(setKey('A=1\nB=2\nA=3\n', 'A', '4')).toBe('A=4\nB=2\n');
  });

  it('refuses what is no key', () => {
    expect(() => setKey('', 'A B', '1')).toThrow('no valid key');
    expect(() => setKey('', '1', '1')).toThrow('no valid key');
  });

  it.each([
    '',
    'plain',
    'two words',
    "it's",
    '"so"',
    `it's "so"`,
    'a#b',
    '# c',
    ' edges ',
    'back\\',
    '$HOME',
    'a=b',
  ])('quotes so that dotenv reads it back: %s', (value) => {
    expect(parse(`KEY=${quoted(value)}`, { fast: true })['KEY']).toBe(value);
  });

  it('says so when no quotes can hold a value', () => {
    expect(() => quoted('\'"` #')).toThrow('no way of quoting');
  });
});

it('removes a key with all its lines, and nothing when there is none', () => {
  expect(unsetKey(TEXT, 'PEM')).toBe('# a comment\nA=1\nB=2\n');
  expect(unsetKey(TEXT, 'C')).toBe(TEXT);
});

it('hides secrets by name and by shape, in faulty lines too', () => {
  const text = `API_KEY=abc\nDB_PASSWORD="a\nb"\nLOG=info\nmy token abc\nURL=https://me:pw@host/\n# a token`;
  expect(maskedLines(text)).toEqual([
    'API_KEY=[hidden]',
    'DB_PASSWORD=[hidden]',
    '[hidden]',
    'LOG=info',
    '[hidden]',
    'URL=[hidden]',
    '# a token',
  ]);
});

it('tells which lines changed, with secrets hidden', () => {
  expect(changedLines('A=1\nTOKEN=x\nB=2\n', 'A=1\nTOKEN=y\nB=2\nC=3\n')).toEqual([
    { sign: '-', number: 2, text: 'TOKEN=[hidden]' },
    { sign: '+', number: 2, text: 'TOKEN=[hidden]' },
    { sign: '+', number: 4, text: 'C=3' },
  ]);
  expect(changedLines(TEXT, TEXT)).toEqual([]);
});

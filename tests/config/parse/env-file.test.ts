import { parse } from 'dotenv';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseEnvFile } from '../../../src/config/parse/env-file.js';
import { hostileText } from '../../support/env-texts.js';

/** The file, or what is wrong with it. */
function parsed(text: string | Buffer) {
  const file = parseEnvFile(Buffer.from(text));
  return file.faults.length === 0 ? { file, faults: undefined } : { file: undefined, faults: file.faults };
}

/** A random value in one of the ways in which it can be written so that dotenv reads it back. */
const writtenValue = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'Z', '0', ' ', '#', '=', '$', 'é', '"', "'", '`', '\n', '\\t', ':', '🔑'), {
      maxLength: 12,
    }),
    fc.nat(2),
  )
  .map(([pieces, first]) => {
    const value = pieces.join('');
    const quotes = ['"', "'", '`'].filter((quote) => !value.includes(quote));
    return { value, quote: quotes[first % quotes.length] };
  })
  .filter(({ value, quote }) => quote !== undefined && !/\n\s*[A-Za-z_][\w.-]*\s*=/.test(value));

function counted(text: string, times: number): string {
  return Array.from({ length: times }, (_, index) => text.replace('$', String(index))).join('');
}

const SIXTY = Array.from({ length: 60 }, (_, index) => index);
const WAYS = [
  (value: string) => value,
  (value: string) => `"${value}"`,
  (value: string) => `'${value}'`,
  (value: string) => `\`${value}\``,
  (value: string) => `${value} # don't "cite`,
  (value: string) => `it's${value}`,
  (value: string) => `'{"a":"${value}"}'`,
  (value: string) => `"${value}\nmore ${value}"`,
  (value: string) => `"-----BEGIN\n${value}\n${value}==\n-----END"`,
  (value: string) => `${value}\n\n# comment "`,
  (value: string) => `"${value}" # note "y"`,
];

describe('parsing a file', () => {
  it('gives values, keys in order and lines', () => {
    expect(parsed('\uFEFF# c\r\nB="x\r\ny"\r\nexport A=1#z\r\n')).toMatchObject({
      file: { values: { B: 'x\ny', A: '1' }, keys: ['B', 'A'], lines: [2, 4], cut: [{ key: 'A', line: 4 }] },
    });
  });

  it('keeps the order of the file for keys that objects put first', () => {
    const { file } = parsed('B=1\n7=2\nA=3\n1=4');
    expect(file?.keys).toEqual(['B', '7', 'A', '1']);
    expect(file?.lines).toEqual([1, 2, 3, 4]);
    expect(file?.values).toEqual({ B: '1', '7': '2', A: '3', '1': '4' });
  });

  it('expands line breaks in double quotes only', () => {
    expect(parsed('A="x\\ny"\nB=\'x\\ny\'').file?.values).toEqual({ A: 'x\ny', B: 'x\\ny' });
  });

  it('takes a file of comments for a file without keys', () => {
    expect(parsed('# nothing')).toMatchObject({ file: { values: {}, keys: [], lines: [], cut: [] } });
  });

  it.each(['', ' ', '\n\r\n\t', '\uFEFF', '\uFEFF \n'])('refuses the blank file %j', (text) => {
    expect(parsed(text)).toMatchObject({ faults: [{ kind: 'blank' }] });
  });

  it('counts a lone carriage return as a line break', () => {
    expect(parsed('A=1\rB=2\rx').faults).toEqual([{ kind: 'not-an-assignment', line: 3 }]);
  });

  it('refuses a duplicate key with another value, each time it comes again, with the first line', () => {
    expect(parsed('A=1\nB=1\nA=3\nA=2')).toMatchObject({
      faults: [
        { kind: 'duplicate-key', line: 3, key: 'A', firstLine: 1 },
        { kind: 'duplicate-key', line: 4, key: 'A', firstLine: 1 },
      ],
    });
  });

  it('takes a key with the same value again for an oddity, however it is quoted', () => {
    const { file } = parsed('A=1\nB=2\nA="1" # again');
    expect(file).toMatchObject({
      values: { A: '1', B: '2' },
      keys: ['A', 'B'],
      lines: [1, 2],
      repeated: [{ key: 'A', line: 3, firstLine: 1 }],
    });
  });

  it('reads what it can around a fault, and knows which keys are in doubt', () => {
    const file = parseEnvFile(Buffer.from('A=1\nB="x" y\nC=3\nD=4\nD=5\nE="open\nF=6'));
    expect(file).toMatchObject({ values: { A: '1', C: '3' }, keys: ['A', 'C'], lines: [1, 3] });
    expect([...file.doubtful].toSorted()).toEqual(['B', 'D', 'E']);
    expect(file.complete).toBe(false);
    expect(parseEnvFile(Buffer.from('A=1\nB="x" y\nC=3')).complete).toBe(true);
  });

  it.each([
    ['UTF-16', Buffer.from('\uFEFFA=1\n', 'utf16le')],
    ['UTF-16', Buffer.from('\uFEFFA=1\n', 'utf16le').swap16()],
    ['UTF-16', Buffer.from('TOKEN=abc\n', 'utf16le')],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])],
  ])('recognises %s', (encoding, bytes) => {
    expect(parseEnvFile(bytes)).toMatchObject({
      faults: [{ kind: 'wrong-encoding', encoding }],
      complete: false,
    });
  });

  it('reports every fault in the order of the lines', () => {
    const { faults = [] } = parsed('A=1\nA=2\nhello\nC="y" z\nM K=1\n\0\nB="x\nnot read');
    expect(faults).toEqual([
      { kind: 'duplicate-key', line: 2, key: 'A', firstLine: 1 },
      { kind: 'not-an-assignment', line: 3 },
      { kind: 'text-after-quote', line: 4, key: 'C' },
      { kind: 'invalid-key', line: 5 },
      { kind: 'nul', line: 6 },
      { kind: 'not-an-assignment', line: 6 },
      { kind: 'unterminated-quote', line: 7, key: 'B' },
    ]);
  });

  it('refuses bytes that are not UTF-8, line by line', () => {
    const bytes = Buffer.from('A=1\nB=\xFF\nC=é\n\xC3', 'latin1');
    expect(parseEnvFile(bytes)).toMatchObject({
      faults: [
        { kind: 'invalid-utf8', line: 2 },
        { kind: 'invalid-utf8', line: 3 },
        { kind: 'invalid-utf8', line: 4 },
      ],
    });
    expect(parseEnvFile(Buffer.from('A=\xFF\n', 'latin1'))).toMatchObject({
      faults: [{ kind: 'invalid-utf8', line: 1 }],
    });
  });

  it.each([
    ['lines that are not UTF-8', Buffer.from('\xFF\n'.repeat(5000), 'latin1'), 'invalid-utf8', 1000],
    ['duplicate keys', Buffer.from(counted('A=$\n', 5000)), 'duplicate-key', 1001],
    ['duplicate keys among other faults', Buffer.from(counted('A=$\nx\n', 900)), 'duplicate-key', 1001],
  ])('reports a thousand of very many %s, and then that there are more', (_what, bytes, kind, line) => {
    const { faults } = parseEnvFile(bytes);
    expect(faults).toHaveLength(1001);
    expect(faults.at(-2)).toMatchObject({ kind, line });
    expect(faults.at(-1)).toEqual({ kind: 'too-many-faults', line: line + 1 });
  });

  it('is not fooled by keys that every object has', () => {
    expect(parsed('constructor=x\ntoString=y').file?.keys).toEqual(['constructor', 'toString']);
    expect(parsed('__proto__=x').faults).toEqual([{ kind: 'invalid-key', line: 1 }]);
  });

  it('reads every accepted text as both parsers of dotenv do', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { file } = parsed(text);
        fc.pre(file !== undefined);
        const fast = parse(text, { fast: true });
        expect(file.values).toEqual(fast);
        expect(file.keys.toSorted()).toEqual(Object.keys(fast).toSorted());
        expect(parse(text)).toEqual(fast);
      }),
      { seed: 20_263, numRuns: 3000, maxSkipsPerRun: 100 },
    );
  });

  it('reads back what was properly quoted, with the line of every key', () => {
    fc.assert(
      fc.property(fc.array(writtenValue, { minLength: 1, maxLength: 8 }), (entries) => {
        const values: Record<string, string> = {};
        const lines: number[] = [];
        let text = '';
        for (const [index, { value, quote = '"' }] of entries.entries()) {
          lines.push(text.split('\n').length);
          values[`KEY_${String(index)}`] = value;
          text += `KEY_${String(index)}=${quote}${value}${quote}\n`;
        }
        const { file } = parsed(text);
        expect(file?.values).toEqual(values);
        expect(file?.lines).toEqual(lines);
      }),
      { seed: 20_264, numRuns: 1500 },
    );
  });

  it('leaks no value into another when a quote is lost or slips in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...WAYS), { minLength: 60, maxLength: 60 }),
        fc.nat(),
        fc.constantFrom('', '"', "'", '`'),
        (ways, place, slip) => {
          const written = ways.map((way, index) => `KEY_${String(index)}=${way(`v${String(index)}.w`)}\n`);
          const text = written.join('');
          const { file: before } = parsed(text);
          const quotes = [...text.matchAll(/["'`]/g)].map(({ index }) => index);
          fc.pre(quotes.length > 0);
          const at = (slip === '' ? quotes[place % quotes.length] : place % text.length) ?? 0;
          const edited = text.slice(0, at) + slip + text.slice(slip === '' ? at + 1 : at);
          let end = 0;
          const owner = written.findIndex((line) => (end += line.length) > at);

          const { file: after } = parsed(edited);
          if (after === undefined) return;
          const others = SIXTY.filter((index) => index !== owner).map((index) => `KEY_${String(index)}`);
          expect(others.map((key) => after.values[key])).toEqual(others.map((key) => before?.values[key]));
          expect(Object.values(after.values).filter((value) => value.includes('KEY_'))).toEqual([]);
        },
      ),
      { seed: 20_265, numRuns: 1500 },
    );
  });
});

import { parse } from 'dotenv';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { scan } from '../../../src/config/parse/scanner.js';
import { hostileText } from '../../support/env-texts.js';

function faultsOf(text: string) {
  return scan(text).faults;
}

describe('the scanner', () => {
  describe('finds keys and lines', () => {
    it('counts lines from 1, over comments and blank lines', () => {
      expect(scan('# c\n\nA=1\n  \nB=2')).toMatchObject({
        keys: ['A', 'B'],
        lines: [3, 5],
        faults: [],
        cut: [],
      });
    });

    it('finds nothing in an empty text', () => {
      expect(scan('')).toMatchObject({ keys: [], lines: [], faults: [], cut: [] });
    });

    it.each([
      ['A=1', 'A'],
      ['  A = 1', 'A'],
      ['\u00A0A\u3000=\uFEFF1', 'A'],
      ['A: 1', 'A'],
      ['A:\t1', 'A'],
      ['export A=1', 'A'],
      ['export\t  A=1', 'A'],
      ['export: 1', 'export'],
      ['export=1', 'export'],
      ['export =1', 'export'],
      ['export export=1', 'export'],
      ['exported=1', 'exported'],
      ['a.b-c_9=1', 'a.b-c_9'],
      ['9=1', '9'],
      ['constructor=1', 'constructor'],
      ['A=', 'A'],
      ['A=1=2', 'A'],
    ])('reads the key of %j as dotenv does', (text, key) => {
      expect(scan(text)).toMatchObject({ keys: [key], lines: [1], faults: [] });
      expect(Object.keys(parse(text, { fast: true }))).toEqual([key]);
    });

    it.each([
      ['\t', 9],
      ['\v', 11],
      ['\f', 12],
      ['\u1680', 0x1680],
      ['\u2000', 0x2000],
      ['\u200A', 0x200a],
      ['\u202F', 0x202f],
      ['\u205F', 0x205f],
    ])('takes %j for a blank', (blank) => {
      expect(scan(`${blank}A${blank}=${blank}1`)).toMatchObject({ keys: ['A'], faults: [] });
    });

    it.each(['\u001F', '\b', '\u000E', '\u0085', '\u009F', '\u00A1', '\u180E', '\u1FFF', '\u200B', '\u2060'])(
      'does not take %j for a blank',
      (character) => {
        expect(scan(`A${character}=1`)).toMatchObject({
          keys: [],
          faults: [{ kind: 'invalid-key', line: 1 }],
        });
      },
    );

    it('reports a key that is set twice twice, for the parser to judge', () => {
      expect(scan('A=1\nA=2')).toMatchObject({ keys: ['A', 'A'], lines: [1, 2], faults: [] });
    });

    it('goes on counting after a quoted value on one line', () => {
      expect(scan('A="x"\nB=1')).toMatchObject({ keys: ['A', 'B'], lines: [1, 2], faults: [] });
    });

    it('goes on counting after a value of several lines', () => {
      expect(scan('A="x\n\ny" # c\nB=1')).toMatchObject({ keys: ['A', 'B'], lines: [1, 4], faults: [] });
    });
  });

  describe('refuses lines that dotenv would drop', () => {
    it.each([
      ['hello', 'not-an-assignment'],
      ['export A', 'not-an-assignment'],
      ['export', 'not-an-assignment'],
      ['A:1', 'not-an-assignment'],
      ['A : 1', 'not-an-assignment'],
      ['A:', 'not-an-assignment'],
      ['hello\n=x', 'not-an-assignment'],
      ['-----BEGIN KEY-----', 'not-an-assignment'],
      ['MY KEY=1', 'invalid-key'],
      ['=1', 'invalid-key'],
      [': 1', 'invalid-key'],
      ['é=1', 'invalid-key'],
      ['A$=1', 'invalid-key'],
      ['__proto__=1', 'invalid-key'],
      ['export __proto__=1', 'invalid-key'],
    ])('%j: %s', (text, kind) => {
      expect(scan(`${text.split('\n')[0]}\nB=2`)).toMatchObject({
        keys: ['B'],
        lines: [2],
        faults: [{ kind, line: 1 }],
        cut: [],
      });
    });

    it('reports an "=" on the next line as belonging to that line', () => {
      expect(faultsOf('hello\n=x')).toEqual([
        { kind: 'not-an-assignment', line: 1 },
        { kind: 'invalid-key', line: 2 },
      ]);
    });
  });

  describe('judges quotes', () => {
    it.each(['"', "'", '`'])('accepts a value in %s', (quote) => {
      const others = ['"', "'", '`'].filter((other) => other !== quote).join('');
      expect(faultsOf(`A=${quote}x${others}#y${quote}`)).toEqual([]);
      expect(faultsOf(`A= ${quote}${quote} `)).toEqual([]);
      expect(faultsOf(`A=${quote}x\ny${quote}#c`)).toEqual([]);
    });

    it('accepts an escaped quote inside', () => {
      expect(faultsOf(String.raw`A="a\"b"`)).toEqual([]);
      expect(faultsOf(String.raw`A='it\'s'`)).toEqual([]);
      expect(faultsOf(String.raw`A="a\""`)).toEqual([]);
    });

    it('does not take a quote behind a backslash for the closing one', () => {
      const fault = { kind: 'escaped-closing-quote', line: 1, key: 'A' };
      expect(scan('A="x\\"\nB=1')).toMatchObject({ keys: ['B'], faults: [fault], complete: true });
      expect(faultsOf(String.raw`A='C:\dir\' # where`)).toEqual([fault]);
      expect(faultsOf('A="C:\\dir\\"\nB="x"\nC=1')).toEqual([fault]);
      expect(faultsOf('A="x\\"\nmore"')).toEqual([]);
    });

    it('refuses a quote that nothing closes, and stops reading there', () => {
      expect(scan('Z=0\nA="x\nB=1')).toMatchObject({
        keys: ['Z'],
        lines: [1],
        faults: [{ kind: 'unterminated-quote', line: 2, key: 'A' }],
        complete: false,
      });
    });

    it('refuses a quote that the opening quote of another value closes', () => {
      expect(faultsOf('A="x\nB="y"\nC=1')).toEqual([{ kind: 'unterminated-quote', line: 1, key: 'A' }]);
    });

    it('refuses text after the closing quote', () => {
      expect(scan('A="x"y\nB=1')).toMatchObject({
        keys: ['B'],
        lines: [2],
        faults: [{ kind: 'text-after-quote', line: 1, key: 'A' }],
        complete: true,
      });
    });

    it.each(['A="x" # "', 'A="x"#y', 'A="x"\u00A0', 'A="x"'])('accepts %j', (text) => {
      expect(faultsOf(text)).toEqual([]);
      expect(parse(text, { fast: true })).toEqual({ A: 'x' });
    });

    it('refuses a value that swallows a later assignment, names both lines, and reads on after it', () => {
      const { keys, faults, doubtful } = scan('A="x\n\n  export TOKEN = y\n"\nB=1');
      expect(keys).toEqual(['B']);
      expect([...doubtful].toSorted()).toEqual(['A', 'TOKEN']);
      expect(faults).toEqual([{ kind: 'swallowed-assignment', line: 1, key: 'A', swallowedLine: 3 }]);
    });

    it.each(['TOKEN=y', ' TOKEN=y', 'a.b-c =1', '_=1', 'export T=1', 'T==1', 'T=#', 'T= 1'])(
      'takes %j inside a quoted value for an assignment',
      (inner) => {
        expect(faultsOf(`A="x\n${inner}\n"`)[0]).toEqual({
          kind: 'swallowed-assignment',
          line: 1,
          key: 'A',
          swallowedLine: 2,
        });
      },
    );

    it.each([
      'MIIEpAIBAAKCAQ==',
      'abc=',
      'abc==  ',
      '-----END-----',
      '9=1',
      'two words=1',
      '=1',
      'a: 1',
      "{'a':'='}",
    ])('takes %j inside a quoted value for text', (inner) => {
      expect(faultsOf(`A="x\n${inner}\n"`)).toEqual([]);
    });

    it('accepts an assignment as text on the line of the opening quote', () => {
      expect(faultsOf('A="B=1\nx"')).toEqual([]);
    });
  });

  describe('looks beyond the end of an empty value', () => {
    it.each(['A=\n"x"', "A=  \n\n\t'x'", 'A:  \n`x`'])(
      'refuses %j, which dotenv takes from a later line',
      (text) => {
        expect(faultsOf(text)[0]).toEqual({ kind: 'value-on-next-line', line: 1, key: 'A' });
      },
    );

    it.each(['A=', 'A=\n', 'A=\n\nB=1', 'A=\n# "x"', 'A=\n\n'])('accepts %j', (text) => {
      expect(faultsOf(text)).toEqual([]);
    });
  });

  describe('points at values cut at a "#"', () => {
    it.each(['A=a#b', 'A=a#', 'A=#fff', 'A=a#b # c', 'A=a"#b'])('%j is cut', (text) => {
      expect(scan(text)).toMatchObject({ faults: [], cut: [{ key: 'A', line: 1 }] });
    });

    it.each(['A=a # b', 'A= # b', 'A=#', 'A=# b', 'A=# ', 'A=a\t#b', 'A="a#b"', 'A=a\n#b', 'A=', 'A=a'])(
      '%j is not cut',
      (text) => {
        expect(scan(text)).toMatchObject({ faults: [], cut: [] });
      },
    );

    it('finds each of several', () => {
      expect(scan('A=a#b\nB=1 # c#d\n# e#f\nC=x#y\nD=1').cut).toEqual([
        { key: 'A', line: 1 },
        { key: 'C', line: 4 },
      ]);
    });
  });

  describe('refuses characters that no line may hold', () => {
    it.each([
      ['\0', 'nul'],
      ['\u2028', 'line-separator'],
      ['\u2029', 'line-separator'],
    ])('%j: %s', (character, kind) => {
      expect(faultsOf(`A=1\nB=x${character}y${character}z\n# ${character}\nC=1\n"${character}=1`)).toEqual(
        expect.arrayContaining([
          { kind, line: 2 },
          { kind, line: 3 },
          { kind, line: 5 },
        ]),
      );
      expect(faultsOf(`A=1\nB=x${character}y${character}z`)).toEqual([{ kind, line: 2 }]);
    });
  });

  describe('bounds its findings', () => {
    it('reports a thousand faults, and then that there are more', () => {
      const { faults } = scan('x\n'.repeat(1001));
      expect(faults).toHaveLength(1001);
      expect(faults.at(-2)).toEqual({ kind: 'not-an-assignment', line: 1000 });
      expect(faults.at(-1)).toEqual({ kind: 'too-many-faults', line: 1000 });
    });

    it('reports 999 faults without more ado', () => {
      expect(faultsOf('x\n'.repeat(999)).at(-1)).toEqual({ kind: 'not-an-assignment', line: 999 });
    });

    it('bounds forbidden characters too', () => {
      expect(faultsOf('#\0\n'.repeat(2000))).toHaveLength(1001);
    });
  });

  describe('agrees with dotenv', () => {
    it('finds the same keys in every text without fault', () => {
      fc.assert(
        fc.property(hostileText, (hostile) => {
          const text = hostile.replaceAll(/\r\n?/g, '\n');
          const { keys, faults } = scan(text);
          fc.pre(faults.length === 0);
          expect([...new Set(keys)].toSorted()).toEqual(Object.keys(parse(text, { fast: true })).toSorted());
        }),
        { seed: 20_261, numRuns: 3000, maxSkipsPerRun: 100 },
      );
    });

    it('never throws, and says the same twice, one line for each key, in order', () => {
      fc.assert(
        fc.property(hostileText, (text) => {
          const first = scan(text);
          expect(scan(text)).toEqual(first);
          expect(first.lines).toHaveLength(first.keys.length);
          expect(first.lines).toEqual(first.lines.toSorted((a, b) => a - b));
        }),
        { seed: 20_262, numRuns: 3000 },
      );
    });
  });
});

import { describe, expect, it } from 'vitest';

import * as shape from '../../../../packages/loopback-discord/src/validate/shape.js';
import { faultsOf } from './faults-of.js';

const { flag, ignored, integer, list, number, object, oneOf, optional, snowflake, text, url } = shape;

describe('a shape', () => {
  it.each([
    ['a text', text(1, 3), ['a', 'abc'], ['', 'abcd', 1, null]],
    ['an integer', integer(0, 9), [0, 9], [-1, 10, 1.5, '1', undefined]],
    ['a number', number, [0.5], ['1', null]],
    ['a flag', flag, [true, false], [1, undefined]],
    ['a snowflake', snowflake, ['1'], [1, 'x', '1'.repeat(21)]],
    [
      'an address',
      url({ max: 20 }),
      ['https://a.b', 'attachment://a'],
      ['ftp://a.b', 'a b', `https://${'a'.repeat(20)}`],
    ],
    ['an address that is no file', url({ files: false }), ['https://a.b'], ['attachment://a']],
    ['a choice', oneOf(['a', 'b']), ['a'], ['c', undefined]],
    ['a list', list(flag, 1, 2), [[true]], [[], [true, true, true], [1], {}, null]],
    [
      'an object',
      object({ a: flag, b: optional(flag) }),
      [{ a: true }, { a: true, b: null }],
      [{}, { a: true, c: 1 }, []],
    ],
    ['a dictionary', shape.dictionary(flag), [{ x: true }], [{ x: 1 }, []]],
    ['something of no interest', ignored, [undefined, {}], []],
  ])('of %s takes what fits and nothing else', (_what, tried, good, bad) => {
    const fits = (value: unknown): boolean => faultsOf(tried, value).length === 0;
    expect(good.filter((value) => !fits(value))).toEqual([]);
    expect(bad.filter(fits)).toEqual([]);
  });

  it('names the place of every fault', () => {
    expect(faultsOf(object({ a: list(text(0, 1), 0, 9), b: flag }), { a: ['x', 'xx'], c: 1 })).toEqual([
      'c UNKNOWN_FIELD',
      'a.1 BASE_TYPE_MAX_LENGTH',
      'b BASE_TYPE_REQUIRED',
    ]);
  });

  it('of several types goes by the type, or by the usual one', () => {
    const kinds = { 1: object({ type: ignored, a: flag }), 2: object({ type: ignored }) };
    expect(faultsOf(shape.byType(kinds), { type: 2 })).toEqual([]);
    expect(faultsOf(shape.byType(kinds), { type: 3 })).toEqual(['type BASE_TYPE_CHOICES']);
    expect(faultsOf(shape.byType(kinds), { a: true })).toEqual(['type BASE_TYPE_CHOICES']);
    expect(faultsOf(shape.byType(kinds, 1), { a: true })).toEqual([]);
  });

  it('may follow another, and look at several fields', () => {
    const equal = shape.rule((problems, at, { a, b }) => {
      if (a !== b) problems.add(at, 'UNEQUAL', 'not equal');
    });
    const both = shape.all(object({ a: flag, b: flag }), equal);
    expect(faultsOf(both, { a: true, b: true })).toEqual([]);
    expect(faultsOf(both, { a: true, b: false })).toEqual([' UNEQUAL']);
  });
});

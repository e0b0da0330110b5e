import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalJson, UnsupportedValue } from '../../../src/config/snapshot/canonical.js';

function circular(): unknown {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
}

class Endpoint {
  public readonly host = 'localhost';
}

describe('the canonical text of a value', () => {
  it.each<[value: unknown, text: string]>([
    ['a"b', '"a\\"b"'],
    [true, 'true'],
    [1.5, '1.5'],
    [-0, '0'],
    [null, 'null'],
    [undefined, 'undefined'],
    [[1, 'a', [null]], '[1,"a",[null]]'],
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    [12n, '{"$bigint":"12"}'],
    [new Date(0), '{"$date":"1970-01-01T00:00:00.000Z"}'],
    [{ $bigint: '12' }, '{"$$bigint":"12"}'],
  ])('of %o is %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('is the same for the same value in another order, and loses nothing of it', () => {
    const reordered = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reordered);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, part]) => [key, reordered(part)]),
      );
    };
    const stringUnit = fc.constantFrom('a', 'b', '"', '\\', ',', 'é');
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2, stringUnit }), (value) => {
        const canonical = canonicalJson(value);
        expect(canonicalJson(reordered(value))).toBe(canonical);
        // Nothing is lost: what can be read back is the value itself.
        expect(JSON.parse(canonical)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 20_271, numRuns: 100 },
    );
  });

  it.each<[value: unknown, found: string]>([
    [new Map(), 'a Map'],
    [new Set(), 'a Set'],
    [new Endpoint(), 'an Endpoint'],
    [new URL('http://localhost'), 'a URL'],
    [/a/, 'a RegExp'],
    [() => 1, 'a function'],
    [Symbol('s'), 'a symbol'],
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [new Date(Number.NaN), 'an invalid Date'],
    [[undefined], 'undefined inside a list'],
    [circular(), 'an object that contains itself'],
    [{ deep: [{ down: new Map() }] }, 'a Map'],
  ])('does not exist for %o', (value, found) => {
    expect(() => canonicalJson(value)).toThrow(new UnsupportedValue(found));
  });
});

import { isDeepStrictEqual } from 'node:util';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { snapshotOf } from '../../support/snapshot-of.js';

const definitions = {
  NAME: z.string().prefault('me'),
  NESTED: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .prefault('{}'),
  SECRET: z.string().prefault('').meta({ secret: true }),
};

function versionOf(text: string): string {
  return snapshotOf(definitions, text).version;
}

const values = fc.dictionary(
  fc.constantFrom('NAME', 'a', 'b', 'A', 'x.y', '7', 'constructor'),
  // A backslash in front of the closing quote would mean something of its own.
  fc
    .string({
      unit: fc.constantFrom('a', '1', ':', ',', '{', '}', '\\', ' ', '#', '='),
      minLength: 1,
      maxLength: 6,
    })
    .filter((value) => !value.endsWith('\\')),
  { noNullPrototype: true },
);

function written(entries: readonly [string, string][], quote = '"'): string {
  return `# c\n${entries.map(([key, value]) => `${key}=${quote}${value}${quote}`).join('\n')}`;
}

describe('the version', () => {
  it('is twelve hexadecimal characters of the SHA-256 of a canonical JSON', () => {
    // printf '{"NAME":"x","NESTED":{},"a":"1"}' | sha256sum
    expect(versionOf('a=1\nSECRET=hidden\nNAME=x')).toBe('9cb486239955');
  });

  it('does not depend on order, quotes, comments, blanks or secrets', () => {
    const version = versionOf('NAME=x\nb=2\nSECRET=one');
    for (const text of [
      "b='2'\n\n# comment\nexport NAME = `x` # y\nSECRET=two",
      'NAME=x\r\nb="2"',
      'NAME: x\nb=2\nNEW_TOKEN=three',
    ]) {
      expect(versionOf(text)).toBe(version);
    }
  });

  it('does not depend on the order of the keys of a nested value, but on everything else in it', () => {
    const version = versionOf(`NESTED='{"b":[1,{"d":1,"c":2}],"a":null}'`);
    expect(versionOf(`NESTED='{"a":null,"b":[1,{"c":2,"d":1}]}'`)).toBe(version);
    expect(versionOf(`NESTED='{"a":null,"b":[{"c":2,"d":1},1]}'`)).not.toBe(version);
    expect(versionOf(`NESTED='{"a":null,"b":[1,{"c":2,"d":"1"}]}'`)).not.toBe(version);
  });

  it('does not tell a value from the same default', () => {
    expect(versionOf('NAME=me')).toBe(versionOf('# nothing'));
  });

  it('differs with every value and every key', () => {
    const texts = [
      '# none',
      'NAME=x',
      'NAME=y',
      'a=x',
      'b=x',
      'a=x\nb=x',
      'a=xb',
      'ab=x',
      'a=\'","b":"x\'',
      'a=X',
    ];
    expect(new Set(texts.map(versionOf)).size).toBe(texts.length);
  });

  it('is the same exactly when the values are, in whatever order they come', () => {
    fc.assert(
      fc.property(values, values, fc.constantFrom('"', "'", '`'), (one, two, quote) => {
        const first = versionOf(written(Object.entries(one)));
        expect(versionOf(written(Object.entries(one).toReversed(), quote))).toBe(first);
        const same = isDeepStrictEqual({ NAME: 'me', ...one }, { NAME: 'me', ...two });
        expect(versionOf(written(Object.entries(two), quote)) === first).toBe(same);
      }),
      { seed: 20_269, numRuns: 1000 },
    );
  });
});

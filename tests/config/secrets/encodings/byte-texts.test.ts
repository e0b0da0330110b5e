import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { fromBase64, fromDecimals, fromHex } from '../../../../src/config/secrets/encodings/byte-texts.js';
import { placeOf, type View, viewOf } from '../../../../src/config/secrets/encodings/view.js';

const TEXT = 'horse+staple?';
const HEX = Buffer.from(TEXT).toString('hex');

/** Where in `text` the views say that {@link TEXT} stands. */
function placesIn(text: string, decode: (view: View) => Iterable<View>): string[] {
  return [...decode(viewOf(text))].flatMap((view) => {
    const at = view.bytes.indexOf(TEXT);
    return at === -1 ? [] : [text.slice(...placeOf(view, at, at + TEXT.length))];
  });
}

describe('hexadecimal', () => {
  it.each([
    HEX,
    HEX.toUpperCase(),
    HEX.replaceAll(/..(?=.)/g, '$& '),
    HEX.replaceAll(/..(?=.)/g, '$&:'),
    HEX.replaceAll(/....(?=.)/g, '$& '),
    HEX.replaceAll(/.{8}(?=.)/g, '$&\n'),
  ])('is read with anything between its digits: %s', (hex) => {
    expect(placesIn(`it is (${hex}) here`, fromHex)).toEqual([hex]);
    expect(placesIn(`it is (f${hex}) here`, fromHex)).toEqual([hex]);
  });

  it('is read with a mark in front of each number', () => {
    const list = [...Buffer.from(TEXT)].map((byte) => `0x${byte.toString(16)}`).join(', ');
    expect(placesIn(`[${list}]`, fromHex)).toEqual([list.slice(2)]);
  });

  it('ends with how many bytes inspect does not show', () => {
    expect(placesIn(`<${HEX} ... 12 more bytes>`, fromHex)).toEqual([`${HEX} ... 12 more bytes`]);
  });

  it('is not seen in a few digits', () => {
    expect([...fromHex(viewOf('a bad idea of 0x12345678 people'))]).toEqual([]);
  });
});

describe('lists of numbers', () => {
  it('are read as JSON and inspect show bytes', () => {
    for (const text of [
      JSON.stringify({ data: Buffer.from(TEXT) }),
      inspect(new Uint8Array(Buffer.from(TEXT))),
      [...Buffer.from(TEXT)].join(', '),
    ]) {
      expect(placesIn(text, fromDecimals)[0]).toMatch(/^104,\s*111,[\d,\s]*63$/);
    }
  });

  it('are not seen in a few numbers, or in words', () => {
    expect([...fromDecimals(viewOf('1, 2, 3 and 4, 5, 6, 7'))]).toEqual([]);
  });
});

describe('base64', () => {
  it.each([0, 1, 2, 3, 4, 5])('is read %i characters into something else, of either alphabet', (offset) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = `${'x'.repeat(offset)}${Buffer.from(TEXT).toString(encoding)}`;
      expect(placesIn(text, fromBase64).length).toBeGreaterThan(0);
    }
  });

  it('is read over line breaks', () => {
    const text = Buffer.from(`${'.'.repeat(40)}${TEXT}`)
      .toString('base64')
      .replaceAll(/.{19}/g, '$&\r\n');
    expect(placesIn(text, fromBase64)).toHaveLength(1);
  });

  it('includes its padding', () => {
    expect(placesIn(`"${Buffer.from(TEXT).toString('base64')}"`, fromBase64)).toEqual([
      Buffer.from(TEXT).toString('base64'),
    ]);
  });

  it('is not seen in short words', () => {
    expect([...fromBase64(viewOf('words of under eleven letters'))]).toEqual([]);
  });
});

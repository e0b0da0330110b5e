import { describe, expect, it } from 'vitest';

import {
  bytesOf,
  endOfRun,
  isNews,
  placeOf,
  startOfRun,
  ViewWriter,
  viewOf,
} from '../../../../src/config/secrets/encodings/view.js';

describe('the view of a text', () => {
  it('is the text itself in ASCII', () => {
    const view = viewOf('plain');
    expect(view.bytes).toBe('plain');
    expect(placeOf(view, 1, 3)).toEqual([1, 3]);
  });

  it('knows where the bytes of a character stand', () => {
    const view = viewOf('aß€😀z');
    expect(view.bytes).toBe(Buffer.from('aß€😀z').toString('latin1'));
    expect(placeOf(view, 1, 3)).toEqual([1, 2]);
    expect(placeOf(view, 3, 6)).toEqual([2, 3]);
    expect(placeOf(view, 6, 10)).toEqual([3, 5]);
    expect(placeOf(view, 10, 11)).toEqual([5, 6]);
  });

  it('has U+FFFD for a lone surrogate, as UTF-8 has', () => {
    expect(viewOf('a\uD800b').bytes).toBe(bytesOf('a\uFFFDb'));
    expect(placeOf(viewOf('a\uD800b'), 4, 5)).toEqual([2, 3]);
  });
});

describe('a view that is written', () => {
  it('stands where its source stands in the text', () => {
    const source = viewOf('é%41!');
    const writer = new ViewWriter(source, source.bytes.length, []);
    writer.push(0x41, 2, 5);
    writer.pushCodePoint(0xe9, 0, 2);
    const view = writer.view();
    expect(view.bytes).toBe(bytesOf('Aé'));
    expect(placeOf(view, 0, 1)).toEqual([1, 4]);
    expect(placeOf(view, 1, 3)).toEqual([0, 1]);
  });

  it('knows which of its bytes are news', () => {
    const source = viewOf('ab%41cd');
    const writer = new ViewWriter(source, source.bytes.length, []);
    writer.keep(0);
    writer.keep(1);
    writer.push(0x41, 2, 5);
    writer.keep(5);
    const view = writer.view();
    expect(view.bytes).toBe('abAc');
    expect([isNews(view, 0, 2), isNews(view, 0, 3), isNews(view, 2, 4), isNews(view, 3, 4)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isNews(source, 0, 1)).toBe(true);
  });
});

describe('what a secret is hidden with', () => {
  it('is the line', () => {
    const view = viewOf('one\ntwo three\nfour');
    expect([startOfRun(view, 8), endOfRun(view, 8)]).toEqual([4, 13]);
    expect([startOfRun(view, 0), endOfRun(view, 15)]).toEqual([0, 18]);
  });

  it('is what was encoded with it, where bytes were decoded', () => {
    const writer = new ViewWriter(viewOf('a\nb c'), 5, null);
    writer.push(0x61, 0, 1);
    writer.push(0x0a, 1, 2);
    writer.pushGap(2);
    writer.push(0x63, 4, 5);
    const view = writer.view();
    expect([startOfRun(view, 0), endOfRun(view, 0)]).toEqual([0, 2]);
    expect([startOfRun(view, 3), endOfRun(view, 3)]).toEqual([3, 4]);
  });
});

import { describe, expect, it } from 'vitest';

import { maskJson } from '../../../src/config/secrets/mask-json.js';

function mask(text: string): string {
  return text.replaceAll(/se"cret|4929184732018843/g, '[hidden]');
}

describe('a JSON-able value', () => {
  it('is copied with every text in it masked', () => {
    const value = { list: ['a se"cret', 1, null], deep: { 'the se"cret': true, no: undefined } };
    expect(maskJson(value, mask)).toEqual({
      list: ['a [hidden]', 1, null],
      deep: { 'the [hidden]': true, no: undefined },
    });
    expect(value.list[0]).toBe('a se"cret');
  });

  it('has no secret in the form it takes in JSON', () => {
    expect(JSON.stringify(maskJson({ toJSON: () => ['se"cret', new Date(0)] }, mask))).toBe(
      '["[hidden]","1970-01-01T00:00:00.000Z"]',
    );
  });

  it('has no number that is a secret', () => {
    expect(maskJson({ pin: 4_929_184_732_018_843, count: 12 }, mask)).toEqual({ pin: '[hidden]', count: 12 });
  });
});

import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { errorCode, reasonOf } from '../../../src/config/faults/reason.js';

const unshowable = {
  toString: () => {
    throw new Error('no');
  },
};

describe('what somebody threw', () => {
  it.each<[thrown: unknown, words: string]>([
    [new Error('no disk'), 'no disk'],
    ['a text', 'a text'],
    [undefined, 'undefined'],
    [404, '404'],
    [Symbol('s'), 'Symbol(s)'],
    [Object.create(null), 'an error that cannot be shown'],
    [unshowable, 'an error that cannot be shown'],
  ])('is told without another throw, %#', (thrown, words) => {
    expect(reasonOf(thrown)).toBe(words);
  });

  it('has a code when the system threw it, and no other', () => {
    const thrown = ((): unknown => {
      try {
        return readFileSync('/there/is/no/such/file');
      } catch (error) {
        return error;
      }
    })();
    expect(errorCode(thrown)).toBe('ENOENT');
    expect(errorCode(new Error('ENOENT'))).toBeNull();
    expect(errorCode(Object.assign(new Error('x'), { code: 7 }))).toBeNull();
    expect(errorCode({ code: 'ENOENT' })).toBeNull();
  });
});

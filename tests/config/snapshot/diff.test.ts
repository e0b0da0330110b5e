import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { wholeNumber } from '../../../src/config/settings/schemas.js';
import {
  diff,
  isEmpty,
  NO_DIFFERENCE,
  secretChangesIn,
  shownKey,
} from '../../../src/config/snapshot/diff.js';
import { atOnce } from '../../../src/config/steps.js';
import { snapshotOf } from '../../support/snapshot-of.js';

const text = z.string();
const definitions = {
  NAME: text.prefault('me'),
  SIZE: wholeNumber(1, 9).prefault('3'),
  SECRET: text.prefault('').meta({ secret: true }),
};

const mask = (value: string): string => value.replaceAll('hush', '[hidden]');

function diffOf(before: string, after: string, environment = {}) {
  const previous = snapshotOf(definitions, before, { environment });
  const next = snapshotOf(definitions, after, { environment, previous });
  return atOnce(diff(previous.entries, next.entries, mask, environment));
}

const plain = { declared: false, sensitive: false, fallback: null };

describe('a difference', () => {
  it('tells added, removed and modified keys from unchanged ones', () => {
    expect(diffOf('SIZE=4\nold=1\nsame=1', 'SIZE=5\nnew=2\nsame=1')).toEqual({
      added: [{ key: 'new', before: null, after: '2', ...plain }],
      removed: [{ key: 'old', before: '1', after: null, ...plain }],
      modified: [{ key: 'SIZE', before: '4', after: '5', ...plain, declared: true }],
      unchanged: 1,
      effective: new Set(['SIZE', 'new', 'old']),
    });
  });

  it('is none for order, quotes, comments and other ways to write a value', () => {
    const found = diffOf('SIZE=4\nNAME=x', '# c\nNAME="x"\n\nSIZE= 04');
    expect(found).toEqual({ ...NO_DIFFERENCE, unchanged: 2 });
    expect(isEmpty(found)).toBe(true);
  });

  it('is none when a setting falls back to the same value in the environment', () => {
    const found = diffOf('SIZE=4', '# none', { SIZE: '4' });
    expect(found).toEqual({ ...NO_DIFFERENCE, unchanged: 1 });
    expect(isEmpty(found)).toBe(true);
  });

  it('shows what a removed setting falls back to', () => {
    expect(diffOf('SIZE=4\nNAME=x', '# none').removed).toEqual([
      {
        key: 'NAME',
        declared: true,
        sensitive: false,
        before: 'x',
        after: null,
        fallback: { value: 'me', origin: 'default' },
      },
      {
        key: 'SIZE',
        declared: true,
        sensitive: false,
        before: '4',
        after: null,
        fallback: { value: '3', origin: 'default' },
      },
    ]);
  });

  it('is a modification when the environment still supplies the key', () => {
    expect(diffOf('SIZE=4', '# none', { SIZE: '5' })).toMatchObject({
      removed: [],
      modified: [{ key: 'SIZE', before: '4', after: '5' }],
    });
    expect(diffOf('SIZE=5', '# none', { SIZE: '5' })).toEqual({ ...NO_DIFFERENCE, unchanged: 1 });
  });

  it('says what the environment restores: of a setting, of an extra, and of a secret that it is one', () => {
    const environment = { SIZE: '5', EXTRA: 'hush, x', A_TOKEN: 'kQ7xW2pL9' };
    const { modified, removed } = diffOf('SIZE=4\nEXTRA=y\nA_TOKEN=z', '# none', environment);
    expect(modified).toMatchObject([{ key: 'SIZE', fallback: { value: '5', origin: 'environment' } }]);
    expect(removed).toMatchObject([
      { key: 'A_TOKEN', fallback: { value: '[hidden]', origin: 'environment' } },
      { key: 'EXTRA', fallback: { value: '[hidden], x', origin: 'environment' } },
    ]);
  });

  it('hides what the environment restores when either of the two values is a secret', () => {
    const token = 'ghp_0123456789abcdefghij';
    expect(diffOf('EXTRA=y', '# none', { EXTRA: token }).removed[0]?.fallback?.value).toBe('[hidden]');
    expect(diffOf(`EXTRA=${token}`, '# none', { EXTRA: 'y' }).removed[0]?.fallback?.value).toBe('[hidden]');
  });

  it('is empty only when nothing differs, in effect or in what is supplied', () => {
    expect(isEmpty({ ...NO_DIFFERENCE, unchanged: 3 })).toBe(true);
    expect(isEmpty(diffOf('old=1', 'new=1'))).toBe(false);
    expect(isEmpty({ ...NO_DIFFERENCE, effective: new Set(['A']) })).toBe(false);
  });

  it('shows the key of a change, unless it looks like a secret that nobody declared', () => {
    const key = 'ghp_0123456789abcdefghij';
    const change = { key, before: null, after: 'x', ...plain };
    expect(shownKey(change)).toBe('[hidden]');
    expect(shownKey({ ...change, declared: true })).toBe(key);
    expect(shownKey({ ...change, key: 'NAME' })).toBe('NAME');
  });

  it('has no effect when a key is supplied, or not any more, with the value of its default', () => {
    const added = diffOf('# none', 'SIZE=3');
    expect(added).toMatchObject({ added: [{ key: 'SIZE', before: null, after: '3' }], effective: new Set() });
    const removed = diffOf('SIZE=3', '# none');
    expect(removed).toMatchObject({ removed: [{ key: 'SIZE' }], effective: new Set(), unchanged: 0 });
    expect([isEmpty(added), isEmpty(removed)]).toEqual([false, false]);
  });

  it('never shows a secret, of before or of after', () => {
    const found = diffOf(
      'SECRET=one\nplain=x\nNAME=https://u:p@h',
      'SECRET=two\nplain=https://u:p@h\nNAME=y',
    );
    expect(found.modified).toEqual(
      ['NAME', 'SECRET', 'plain'].map((key) => ({
        key,
        declared: key !== 'plain',
        sensitive: true,
        before: '[hidden]',
        after: '[hidden]',
        fallback: null,
      })),
    );
    expect(diffOf('SECRET=one', '# none').removed[0]?.fallback?.value).toBe('[hidden]');
    expect(secretChangesIn(found)).toBe(3);
  });

  it('masks every value it shows', () => {
    const { added, modified, removed } = diffOf('NAME=a-hush\ngone=hush', 'NAME=b-hush\nnew=c-hush');
    expect([...added, ...modified, ...removed].map(({ before, after }) => [before, after])).toEqual([
      [null, 'c-[hidden]'],
      ['a-[hidden]', 'b-[hidden]'],
      ['[hidden]', null],
    ]);
  });

  it('counts the secrets among all that changed', () => {
    expect(secretChangesIn(diffOf('SECRET=a\nold_token=b\nold=c', 'SECRET=b\nnew_token=c\nnew=d'))).toBe(3);
    expect(secretChangesIn(NO_DIFFERENCE)).toBe(0);
    expect(isEmpty(NO_DIFFERENCE)).toBe(true);
  });
});

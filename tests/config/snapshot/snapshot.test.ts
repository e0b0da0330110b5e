import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { wholeNumber } from '../../../src/config/settings/schemas.js';
import { build, snapshotOf } from '../../support/snapshot-of.js';

const text = z.string();
const definitions = {
  NAME: text.meta({ expects: 'a name' }),
  SIZE: wholeNumber(1, 9).prefault('3').meta({ expects: 'a size' }),
  SECRET: text.prefault('').meta({ expects: 'a secret', secret: true }),
  ITEMS: text
    .transform((value) => ({ list: value.split(',').map((name) => ({ name })) }))
    .prefault('a')
    .meta({ expects: 'items' }),
  NOTES: text.prefault('').meta({ expects: 'a path', readsFile: true }),
};

function companions(content: string | Buffer, path = '/notes') {
  return new Map([[path, { bytes: Buffer.from(content) }]]);
}

describe('a snapshot', () => {
  it('has typed values, with the origin and line of each', () => {
    const { settings, entries, at } = snapshotOf(definitions, '\nSIZE=5\nother=x', {
      environment: { NAME: 'env', UNRELATED: 'y' },
    });
    expect(settings).toEqual({
      NAME: 'env',
      SIZE: 5,
      SECRET: '',
      ITEMS: { list: [{ name: 'a' }] },
      NOTES: '',
    });
    expect(at).toBe(1);
    expect(
      [...entries].map(({ key, origin, line, declared, supplied }) => [
        key,
        origin.kind,
        line,
        declared,
        supplied,
      ]),
    ).toEqual([
      ['ITEMS', 'default', null, true, false],
      ['NAME', 'environment', null, true, true],
      ['NOTES', 'default', null, true, false],
      ['SECRET', 'default', null, true, false],
      ['SIZE', 'file', 2, true, true],
      ['other', 'file', 3, false, true],
    ]);
  });

  it('is frozen through and through', () => {
    const snapshot = snapshotOf(definitions, 'NAME=x\nITEMS=a,b');
    expect(() => Object.assign(snapshot, { at: 2 })).toThrow(TypeError);
    expect(() => Object.assign(snapshot.settings, { NAME: 'y' })).toThrow(TypeError);
    expect(() => snapshot.settings.ITEMS.list.push({ name: 'c' })).toThrow(TypeError);
    expect(() => Object.assign(snapshot.settings.ITEMS.list[0] ?? {}, { name: 'c' })).toThrow(TypeError);
    expect(() => Object.assign(snapshot.entries.get('NAME') ?? {}, { text: 'y' })).toThrow(TypeError);
  });

  it('takes the file before the environment before the default, and an empty value for none', () => {
    const environment = { NAME: 'env', SIZE: '4' };
    const of = (file: string) => snapshotOf(definitions, file, { environment }).settings.SIZE;
    expect(of('SIZE=5')).toBe(5);
    expect(of('SIZE=')).toBe(4);
    expect(of('SIZE=""')).toBe(4);
    expect(snapshotOf(definitions, 'SIZE=', { environment: { NAME: 'x', SIZE: '' } }).settings.SIZE).toBe(3);
    expect(snapshotOf(definitions, null, { environment }).settings).toMatchObject({ NAME: 'env', SIZE: 4 });
  });

  it('knows which values hide one of the environment', () => {
    const environment = { NAME: 'env', extra: 'env', SIZE: '', other: '' };
    const { entries } = snapshotOf(definitions, 'NAME=x\nSIZE=4\nextra=x\nother=x', { environment });
    const hiding = [...entries].filter(({ shadowsEnvironment }) => shadowsEnvironment);
    expect(hiding.map(({ key }) => key)).toEqual(['NAME', 'extra']);
    expect(snapshotOf(definitions, null, { environment }).entries.get('NAME')?.shadowsEnvironment).toBe(
      false,
    );
  });

  it('carries extras, also those named like a part of every object', () => {
    const { entries, settings } = snapshotOf(definitions, 'NAME=x\nconstructor=c\ntoString=t\nempty=');
    expect(entries.get('constructor')).toMatchObject({
      text: 'c',
      value: 'c',
      declared: false,
      sensitive: false,
    });
    expect(entries.get('toString')?.value).toBe('t');
    expect(entries.get('empty')).toBeUndefined();
    expect(entries.get('hasOwnProperty')).toBeUndefined();
    expect(Object.keys(settings)).toEqual(Object.keys(definitions));
  });

  it('hides what is declared secret, looks so, or is called so', () => {
    const { entries } = snapshotOf(definitions, 'NAME=https://u:p@h\nSECRET=s\nmy_token=x\nplain=y');
    expect([...entries].map(({ shown }) => shown)).toEqual([
      '{"list":[{"name":"a"}]}',
      '[hidden]',
      '',
      '[hidden]',
      '3',
      '[hidden]',
      'y',
    ]);
  });

  it('is refused with every missing and invalid setting', () => {
    expect(build(definitions, '\nSIZE=10').faults).toEqual([
      { kind: 'invalid-setting', key: 'SIZE', expects: 'a size', line: 2 },
      { kind: 'missing-setting', key: 'NAME', expects: 'a name', line: null, similar: null },
    ]);
    expect(build(definitions, 'NAEM=x', { environment: { SIZE: 'x' } }).faults).toEqual([
      {
        kind: 'missing-setting',
        key: 'NAME',
        expects: 'a name',
        line: null,
        similar: { key: 'NAEM', line: 1 },
      },
      { kind: 'invalid-setting', key: 'SIZE', expects: 'a size', line: null },
    ]);
  });

  it('is refused with the line that leaves a required setting empty', () => {
    expect(build(definitions, '\nNAME=').faults).toMatchObject([{ kind: 'missing-setting', line: 2 }]);
    expect(build(definitions, 'NAME=\nSECRET="open\n').faults).toMatchObject([
      { kind: 'missing-setting', line: 1 },
      { kind: 'unterminated-quote', line: 2 },
    ]);
  });

  it('is refused for all that is wrong with the syntax and with the values at once', () => {
    const { faults } = build(definitions, 'hello\nSIZE=10\nNAME="x" y\nITEMS=a');
    expect(faults).toMatchObject([
      { kind: 'not-an-assignment', line: 1 },
      { kind: 'invalid-setting', key: 'SIZE', line: 2 },
      { kind: 'text-after-quote', key: 'NAME', line: 3 },
    ]);
    expect(build(definitions, 'SIZE=10\nSECRET="open\nNAME=x').faults).toMatchObject([
      { kind: 'invalid-setting', key: 'SIZE', line: 1 },
      { kind: 'unterminated-quote', key: 'SECRET', line: 2 },
    ]);
  });

  it.each([
    ['a Map', new Map()],
    ['a Set', new Set()],
    ['a URL', new URL('http://localhost')],
    ['a function', () => 1],
    ['NaN', Number.NaN],
    ['undefined inside a list', [undefined]],
    ['an invalid Date', new Date(Number.NaN)],
  ])('is refused when a schema returns %s, in which no change could be seen', (found, value) => {
    const settings = { ODD: z.string().transform((): unknown => value) };
    expect(build(settings, 'ODD=x').faults).toEqual([
      { kind: 'unsupported-value', key: 'ODD', line: 1, found },
    ]);
  });

  it('is refused when a schema is asynchronous', () => {
    const settings = { ODD: z.string().refine(async () => Promise.resolve(true)) };
    expect(build(settings, 'ODD=x').faults).toMatchObject([
      { kind: 'unsupported-value', found: 'a promise' },
    ]);
  });

  it('does not offer a declared key as the misspelling of a missing one', () => {
    const { faults } = build({ ...definitions, NAMES: definitions.ITEMS }, 'NAMES=x');
    expect(faults).toMatchObject([{ key: 'NAME', similar: null }]);
  });

  it('remembers which setting an extra probably means', () => {
    const { entries } = snapshotOf(definitions, 'NAME=x\nSIZ=4\nunrelated_thing=y');
    expect(entries.get('SIZ')?.meant).toBe('SIZE');
    expect(entries.get('unrelated_thing')?.meant).toBeNull();
    expect(entries.get('NAME')?.meant).toBeNull();
  });
});

describe('the rules over several settings', () => {
  const broken = { key: 'SIZE', problem: 'too large for its name', remedy: 'take less' };

  it('are asked when each setting they look at is valid, and reported with all other faults', () => {
    const rules = [
      { keys: ['SIZE', 'NAME'] as const, check: () => [broken] },
      { keys: ['SIZE'] as const, check: () => [broken] },
    ];
    expect(build(definitions, 'SIZE=5', { rules }).faults).toEqual([
      { kind: 'broken-rule', line: 1, passing: false, ...broken },
      { kind: 'missing-setting', key: 'NAME', expects: 'a name', line: null, similar: null },
    ]);
    expect(build(definitions, 'NAME=x', { rules }).faults).toEqual([
      { kind: 'broken-rule', line: 1, passing: false, ...broken },
      { kind: 'broken-rule', line: null, passing: false, ...broken },
    ]);
  });

  it('see the typed values, and let pass what they do not object to', () => {
    const rules = [
      { keys: ['SIZE'] as const, check: ({ SIZE }: { SIZE: number }) => (SIZE > 5 ? [broken] : []) },
    ];
    expect(build(definitions, 'NAME=x\nSIZE=5', { rules }).snapshot?.settings.SIZE).toBe(5);
    expect(build(definitions, 'NAME=x\nSIZE=6', { rules }).faults).toHaveLength(1);
  });
});

describe('a file that a setting names', () => {
  it('is part of the snapshot, its version, and what is shown of the setting', () => {
    const one = snapshotOf(definitions, 'NAME=x\nNOTES= /notes', { companions: companions('one') });
    const two = snapshotOf(definitions, 'NAME=x\nNOTES= /notes', { companions: companions('two') });
    expect(one.files).toEqual(new Map([['NOTES', 'one']]));
    expect(one.version).not.toBe(two.version);
    expect(one.entries.get('NOTES')?.shown).toBe('/notes (7692c3ad3540)');
    expect(snapshotOf(definitions, 'NAME=x').files.size).toBe(0);
  });

  it.each([
    ['missing', { fault: { kind: 'missing-file' } }, { kind: 'missing-file' }],
    ['blank', { bytes: Buffer.from(' \n') }, { kind: 'blank' }],
    ['not UTF-8', { bytes: Buffer.from([0xff]) }, { kind: 'invalid-utf8' }],
  ] as const)('cannot be used when it is %s', (_what, reading, reason) => {
    const { faults } = build(definitions, 'NAME=x\nNOTES=/notes', {
      companions: new Map([['/notes', reading]]),
    });
    expect(faults).toEqual([{ kind: 'unusable-companion', key: 'NOTES', line: 2, reason }]);
  });
});

describe('the snapshot after another', () => {
  const before = snapshotOf(definitions, 'NAME=x\nSIZE=4\nextra=1\nNOTES=/notes', {
    companions: companions('n'),
  });
  const next = (file: string, content = 'n') =>
    snapshotOf(definitions, file, { previous: before, companions: companions(content) });

  it('shares every entry that is the same', () => {
    const after = next('NAME=x\nSIZE=5\nextra=1\nNOTES=/notes');
    for (const key of ['NAME', 'extra', 'NOTES', 'ITEMS', 'SECRET']) {
      expect(after.entries.get(key)).toBe(before.entries.get(key));
    }
    expect(after.settings.SIZE).toBe(5);
    expect(after.settings.ITEMS).toBe(before.settings.ITEMS);
  });

  it('has the new line of a key that has moved, and the same value', () => {
    const after = next('# c\nextra=1\nNAME=x\nSIZE=4\nNOTES=/notes');
    expect(['NAME', 'SIZE', 'extra', 'NOTES'].map((key) => after.entries.get(key)?.line)).toEqual([
      3, 4, 2, 5,
    ]);
    expect(after.version).toBe(before.version);
  });

  it('has the new origin of a value that is the same', () => {
    const after = snapshotOf(definitions, 'SIZE=4', {
      previous: before,
      environment: { NAME: 'x', SIZE: '3' },
    });
    expect(after.entries.get('NAME')?.origin).toEqual({ kind: 'environment' });
    expect(after.entries.get('SIZE')?.shadowsEnvironment).toBe(true);
  });

  it('notices a new content of a file that a setting names', () => {
    const after = next('NAME=x\nSIZE=4\nextra=1\nNOTES=/notes', 'other');
    expect(after.files.get('NOTES')).toBe('other');
    expect(after.version).not.toBe(before.version);
  });

  it('judges an extra anew when its value has changed', () => {
    const after = next('NAME=x\nextra=https://u:p@h');
    expect(after.entries.get('extra')?.sensitive).toBe(true);
    expect(after.entries.get('NOTES')?.supplied).toBe(false);
  });

  it('has no entry for an extra that is gone', () => {
    expect(next('NAME=x').entries.get('extra')).toBeUndefined();
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { ConfigError } from '../../src/config/faults/config-error.js';
import { LiveConfig } from '../../src/config/live-config.js';
import { MAX_SUPERSEDED, Masker } from '../../src/config/secrets/masker.js';
import { MASK } from '../../src/config/secrets/sensitive.js';
import type { SettingsOf } from '../../src/config/settings/definition.js';
import type { Rule } from '../../src/config/settings/rules.js';
import { describeWarning } from '../../src/config/snapshot/warnings.js';
import { faultsOf, liveConfigFrom, refreshWith, settings } from '../support/live-config-from.js';
import { EagerClock } from '../support/manual-clock.js';

const signal = { kind: 'signal' } as const;
const SECRET = 'a-token-of-some-length';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'live-config-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('the first configuration', () => {
  it('has typed, deeply frozen values and their defaults', async () => {
    const { current } = await liveConfigFrom(directory, 'LIMIT=30\n');
    expect(current.settings).toEqual({
      TOKEN: '',
      LEVEL: 'low',
      LIMIT: 30,
      LIST: { items: ['a', 'b'] },
      PLACE: 'here',
      PROMPT: '',
    });
    expect(Object.isFrozen(current)).toBe(true);
    expect(Object.isFrozen(current.settings)).toBe(true);
    expect(Object.isFrozen(current.settings.LIST.items)).toBe(true);
  });

  it('is recorded as applied at start-up', async () => {
    const { history, current } = await liveConfigFrom(directory, 'LIMIT=30\n');
    expect(history).toMatchObject([
      { kind: 'applied', triggers: [{ kind: 'startup' }], version: current.version },
    ]);
  });

  it('is refused with every fault at once', async () => {
    await expect(liveConfigFrom(directory, 'LEVEL=loud\nLIMIT=101\n')).rejects.toThrow(
      /\.env:1 LEVEL: expected low or high .*\n.*\.env:2 LIMIT: expected a whole number from 0 to 100/,
    );
  });

  it('needs no file when the environment supplies what is required', async () => {
    const file = join(directory, 'none');
    const options = { settings, file, clock: new EagerClock() };
    const config = await LiveConfig.load({ ...options, environment: { LIMIT: '7' } });
    expect(config.current.settings.LIMIT).toBe(7);
    await expect(LiveConfig.load({ ...options, environment: { LIMIT: 'x' } })).rejects.toMatchObject({
      faults: [{ kind: 'missing-file' }, { kind: 'invalid-setting', key: 'LIMIT', line: null }],
    });
  });

  it('that needed no file goes on without one, until there was one', async () => {
    const file = join(directory, 'none');
    const config = await LiveConfig.load({
      settings,
      file,
      clock: new EagerClock(),
      environment: { LIMIT: '7' },
    });
    expect(await config.refresh(signal)).toMatchObject({ kind: 'unchanged' });
    writeFileSync(file, 'LIMIT=8\n');
    expect(await config.refresh(signal)).toMatchObject({ kind: 'applied' });
    rmSync(file);
    expect(await config.refresh(signal)).toMatchObject({
      kind: 'rejected',
      error: { faults: [{ kind: 'missing-file' }] },
    });
    expect(config.settings.LIMIT).toBe(8);
  });

  it('is refused with the warnings too', async () => {
    const refused = liveConfigFrom(directory, 'LEVLE=low\nLIMIT=many\n');
    await expect(refused).rejects.toMatchObject({
      faults: [{ kind: 'invalid-setting', key: 'LIMIT' }],
      warnings: ['⚠️ Unknown key LEVLE on line 1: did you mean LEVEL?'],
    });
    await expect(refused).rejects.toThrow(/LIMIT: .*\n⚠️ Unknown key LEVLE/);
  });

  it('is refused when the file is there but blank', async () => {
    await expect(liveConfigFrom(directory, ' \n')).rejects.toBeInstanceOf(ConfigError);
  });
});

describe('precedence', () => {
  const environment = { LIMIT: '10', LEVEL: '' };

  it('is file over environment over default, and an empty value is none', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=11\nLEVEL=\n', { environment });
    expect(config.current.settings).toMatchObject({ LIMIT: 11, LEVEL: 'low' });
    expect(config.current.entries.get('LIMIT')).toMatchObject({ shadowsEnvironment: true, line: 1 });
    const outcome = await refreshWith(config, '# none\nLIMIT=\n');
    expect(config.current.settings.LIMIT).toBe(10);
    expect(config.current.entries.get('LIMIT')).toMatchObject({
      shadowsEnvironment: false,
      origin: { kind: 'environment' },
    });
    expect(outcome).toMatchObject({ diff: { modified: [{ key: 'LIMIT', before: '11', after: '10' }] } });
  });

  it('lets a removed key fall back to its default, and says so', async () => {
    const config = await liveConfigFrom(directory, 'LEVEL=high\nA=1\n');
    const outcome = await refreshWith(config, 'A=1\n');
    expect(config.current.settings.LEVEL).toBe('low');
    expect(outcome).toMatchObject({
      diff: {
        removed: [
          { key: 'LEVEL', before: 'high', after: null, fallback: { value: 'low', origin: 'default' } },
        ],
        unchanged: 1,
      },
    });
  });

  it('captures the environment once', async () => {
    const changing: Record<string, string> = { LIMIT: '10' };
    const config = await liveConfigFrom(directory, 'A=1\n', { environment: changing });
    changing['LIMIT'] = '99';
    await refreshWith(config, 'A=2\n');
    expect(config.current.settings.LIMIT).toBe(10);
  });
});

describe('what is remembered', () => {
  it('is the last 50 outcomes', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    for (let count = 0; count < 60; count++) await config.refresh(signal);
    expect(config.history).toHaveLength(50);
    expect(config.history.every(({ triggers: [{ kind }] }) => kind === 'signal')).toBe(true);
  });

  it('is when and why each key last changed', async () => {
    const clock = new EagerClock();
    const config = await liveConfigFrom(directory, 'LIMIT=1\n', { clock });
    clock.advance(1000);
    writeFileSync(config.file, 'LIMIT=2\n');
    const at = clock.now();
    await config.refresh({ kind: 'command', who: '42' });
    clock.advance(1000);
    await refreshWith(config, 'LIMIT=2\nLEVEL=high\n');
    expect(config.lastChange('LIMIT')).toEqual({ at, triggers: [{ kind: 'command', who: '42' }] });
    expect(config.lastChange('LEVEL')).toEqual({ at: at + 1000, triggers: [{ kind: 'signal' }] });
    expect(config.lastChange('PLACE')).toBeUndefined();
  });

  it('is everybody who asked for the run in which a key changed', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const running = config.refresh({ kind: 'program' });
    writeFileSync(config.file, 'LIMIT=3\n');
    await Promise.all([running, config.refresh(signal), config.refresh({ kind: 'command', who: '42' })]);
    expect(config.lastChange('LIMIT')?.triggers).toEqual([signal, { kind: 'command', who: '42' }]);
  });

  it('is one report of a save that a command and the watch both see', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const { length } = config.history;
    writeFileSync(config.file, 'LIMIT=2\n');
    await config.refresh({ kind: 'command' });
    expect(await config.refresh({ kind: 'watch' })).toMatchObject({ kind: 'unchanged' });
    expect(config.history).toHaveLength(length + 1);
    // Whoever asks gets an answer, and it is on record.
    await config.refresh({ kind: 'command' });
    expect(config.history).toHaveLength(length + 2);
  });

  it('is which settings wait for a restart, until they are as at the start', async () => {
    const config = await liveConfigFrom(directory, 'PLACE=here\n');
    expect(await refreshWith(config, 'PLACE=there\nLIMIT=1\n')).toMatchObject({ restartPending: ['PLACE'] });
    expect(config.restartPending).toEqual(['PLACE']);
    await refreshWith(config, 'LIMIT=1\n');
    expect(config.restartPending).toEqual([]);
  });

  it('is told to observers once a run', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const kinds: string[] = [];
    config.observe((event) => event.kind === 'outcome' && kinds.push(event.outcome.kind));
    await refreshWith(config, 'LIMIT=2\n');
    await refreshWith(config, 'LIMIT=x\n');
    await refreshWith(config, 'LIMIT=2\n');
    expect(kinds).toEqual(['applied', 'rejected', 'unchanged']);
  });
});

describe('a subscriber', () => {
  it('hears of effective changes of its keys only, also of a removal', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const heard: unknown[] = [];
    const end = config.on(
      ['LIMIT', 'LEVEL'],
      ({ current, previous, changed }) => {
        heard.push([previous.settings.LIMIT, current.settings.LIMIT, [...changed]]);
      },
      { name: 'test' },
    );
    await refreshWith(config, 'LIMIT=2\nPLACE=x\n');
    await refreshWith(config, 'LIMIT=2\nLEVEL=low\n');
    await refreshWith(config, 'A=1\n');
    end();
    await refreshWith(config, 'LIMIT=9\n');
    expect(heard).toEqual([
      [1, 2, ['LIMIT']],
      [2, 20, ['LIMIT']],
    ]);
  });

  it('that fails is named, masked, and harms nobody', async () => {
    const config = await liveConfigFrom(directory, `TOKEN=${SECRET}\nLIMIT=1\n`);
    let other = 0;
    config.on(['LIMIT'], () => Promise.reject(new Error(`no ${SECRET}`)), { name: 'broken' });
    config.on(['LIMIT'], ({ current }) => (other = current.settings.LIMIT), { name: 'fine' });
    const outcome = await refreshWith(config, `TOKEN=${SECRET}\nLIMIT=2\n`);
    expect(outcome).toMatchObject({
      kind: 'applied',
      subscriberFailures: [{ name: 'broken', reason: 'no [hidden]' }],
    });
    expect(other).toBe(2);
    expect(config.current.settings.LIMIT).toBe(2);
  });
});

describe('a guard', () => {
  it('is asked before a change of its keys, in previews too, and can reject it', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const before = config.current;
    const asked: number[] = [];
    const dismiss = config.guard(['LIMIT'], (candidate) => {
      asked.push(candidate.settings.LIMIT);
      return Promise.resolve([{ key: 'LIMIT', problem: 'not now', remedy: 'wait' }]);
    });
    const outcome = await refreshWith(config, '\nLIMIT=2\n');
    expect(faultsOf(outcome)).toEqual(['.env:2 LIMIT: not now (remedy: wait)']);
    expect((await config.preview()).result.kind).toBe('rejected');
    expect(config.current).toBe(before);
    expect((await refreshWith(config, 'LIMIT=1\nLEVEL=high\n')).kind).toBe('applied');
    dismiss();
    expect((await refreshWith(config, 'LIMIT=3\n')).kind).toBe('applied');
    expect(asked).toEqual([2, 2]);
  });
});

describe('a warning of the program', () => {
  const severity = 'warning' as const;
  const high = { key: 'LIMIT', problem: 'it is high', remedy: 'lower it', severity };
  const rule: Rule<SettingsOf<typeof settings>> = {
    keys: ['LIMIT'],
    check: ({ LIMIT }) => (LIMIT > 5 ? [high] : []),
  };

  it('is part of every report, and rejects nothing', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=6\n', { rules: [rule] });
    expect(config.warnings.map(describeWarning)).toEqual(['LIMIT on line 1: it is high (remedy: lower it)']);
    config.guard(['LIMIT'], ({ settings: { LIMIT } }) => [
      { key: 'LIMIT', problem: `it is ${String(LIMIT)} now`, remedy: 'beware', severity },
    ]);
    const outcome = await refreshWith(config, '\nLIMIT=7\n');
    expect(outcome.kind).toBe('applied');
    expect(outcome.warnings.map(describeWarning)).toEqual([
      'LIMIT on line 2: it is high (remedy: lower it)',
      'LIMIT on line 2: it is 7 now (remedy: beware)',
    ]);
    expect((await config.preview()).warnings).toHaveLength(2);
    const rejected = await refreshWith(config, 'LIMIT=8\nLEVEL=wrong\n');
    expect(rejected.kind).toBe('rejected');
    expect(rejected.warnings.map(describeWarning)).toEqual([
      'LIMIT on line 1: it is high (remedy: lower it)',
    ]);
  });

  it('never shows a secret', async () => {
    const telling: typeof rule = {
      keys: ['TOKEN'],
      check: ({ TOKEN }) => [{ key: 'TOKEN', problem: TOKEN, remedy: 'rotate it', severity }],
    };
    const config = await liveConfigFrom(directory, `TOKEN=${SECRET}\n`, { rules: [telling] });
    expect(config.warnings).toMatchObject([{ key: 'TOKEN', problem: '[hidden]' }]);
  });
});

describe('a secret', () => {
  it('is never in a diff or an outcome, and does not change the version', async () => {
    const config = await liveConfigFrom(directory, `TOKEN=${SECRET}\nMY_PASSWORD=one-password\n`);
    const { version } = config.current;
    const outcome = await refreshWith(config, 'TOKEN=another-long-token\nMY_PASSWORD=two-password\n');
    expect(outcome).toMatchObject({ kind: 'applied', version, previousVersion: version, secretsChanged: 2 });
    expect(JSON.stringify(config.history)).not.toMatch(/a-token-of|another-long|-password"/);
    expect(outcome).toMatchObject({ diff: { modified: [{ before: '[hidden]', after: '[hidden]' }, {}] } });
  });

  it('is known to the masker from the file, the environment, and a file that was rejected', async () => {
    const masker = new Masker();
    const environment = { API_KEY: 'environment-secret-4711' };
    const config = await liveConfigFrom(directory, `TOKEN=${SECRET}\n`, { masker, environment });
    await refreshWith(config, 'TOKEN=rejected-secret\nLIMIT=x\n');
    expect(masker.mask(`${SECRET} environment-secret-4711 rejected-secret`)).toBe(
      '[hidden] [hidden] [hidden]',
    );
  });

  it('is masked by what its setting makes of it, and an everyday word only where it is declared', async () => {
    const config = await LiveConfig.load({
      settings: {
        KEYS: z
          .string()
          .transform((text) => text.split(';'))
          .meta({ secret: true }),
      },
      file: join(directory, '.env'),
      environment: { KEYS: 'kQ7xW2pL9;mN4bR8tZ1', DB_PASSWORD: 'required' },
      clock: new EagerClock(),
      ownWords: ['kQ7xW2pL9 is welcome'],
    });
    expect(config.mask('kQ7xW2pL9')).toBe(MASK);
    expect(config.mask('it is required')).toBe('it is required');
    expect(config.warnings).toContainEqual({ kind: 'own-words', key: 'KEYS', line: null });
    await config[Symbol.asyncDispose]();
  });

  it('is nothing that a shell says of where it is', async () => {
    const masker = new Masker();
    const environment = { PWD: '/srv/live-config-bot', OLDPWD: '/home/operator' };
    await liveConfigFrom(directory, 'LIMIT=1\n', { masker, environment });
    expect(masker.mask('/srv/live-config-bot/.env /home/operator')).toBe(
      '/srv/live-config-bot/.env /home/operator',
    );
  });

  // Two thousand refreshes take their time on a busy machine.
  it(
    'in use is never forgotten, however many others come and go beside it',
    { timeout: 60_000 },
    async () => {
      const masker = new Masker();
      const environment = { API_KEY: 'environment-secret-4711' };
      const config = await liveConfigFrom(directory, `TOKEN=${SECRET}\n`, { masker, environment });
      for (let index = 0; index < 2 * MAX_SUPERSEDED + 2; index++) {
        await refreshWith(config, `TOKEN=${String(index)}-rejected-secret\nLIMIT=x\n`);
      }
      expect(masker.mask(`${SECRET} environment-secret-4711`)).toBe('[hidden] [hidden]');
      expect(masker.mask('0-rejected-secret')).toBe('0-rejected-secret');
    },
  );

  it('inside a harmless value is masked in the diff', async () => {
    const config = await liveConfigFrom(directory, `TOKEN=${SECRET}\n`);
    const outcome = await refreshWith(config, `TOKEN=${SECRET}\nNOTE=see ${SECRET}!\n`);
    expect(outcome).toMatchObject({ diff: { added: [{ key: 'NOTE', after: 'see [hidden]!' }] } });
  });
});

/** Writes such a file, and returns the `.env` that names it. */
function prompt(text: string): string {
  const file = join(directory, 'prompt.txt');
  writeFileSync(file, text);
  return `PROMPT=${file}\n`;
}

describe('a setting that names a file', () => {
  it('brings the content of the file into the snapshot and the version', async () => {
    const config = await liveConfigFrom(directory, prompt('be brief'));
    const { version } = config.current;
    expect(config.current.files.get('PROMPT')).toBe('be brief');
    expect(config.files).toEqual([config.file, join(directory, 'prompt.txt')]);
    writeFileSync(join(directory, 'prompt.txt'), 'be kind');
    expect(await config.differsFromLastAttempt()).toBe(true);
    const outcome = await config.refresh(signal);
    expect(outcome).toMatchObject({ kind: 'applied', diff: { modified: [{ key: 'PROMPT' }] } });
    expect(JSON.stringify(outcome)).not.toContain('be kind');
    expect(config.current.files.get('PROMPT')).toBe('be kind');
    expect(config.current.version).not.toBe(version);
  });

  it.each([
    ['missing', (file: string) => rmSync(file), 'it does not exist'],
    ['blank', (file: string) => writeFileSync(file, '\n'), 'it is blank'],
    ['not UTF-8', (file: string) => writeFileSync(file, Buffer.from([0xff])), 'not valid UTF-8'],
  ])('rejects a refresh while that file is %s', async (_what, spoil, problem) => {
    const text = prompt('be brief');
    const config = await liveConfigFrom(directory, text);
    const before = config.current;
    spoil(join(directory, 'prompt.txt'));
    const outcome = await config.refresh(signal);
    expect(faultsOf(outcome)).toEqual([
      expect.stringMatching(new RegExp(`^\\.env:1 PROMPT: the file it names cannot be used: .*${problem}`)),
    ]);
    expect(config.current).toBe(before);
    expect(readFileSync(config.file, 'utf8')).toBe(text);
  });
});

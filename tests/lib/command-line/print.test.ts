import { describe, expect, it } from 'vitest';

import { runOn, TOKEN_LINE } from '../../support/run-command-line.js';

const TEXT = `${TOKEN_LINE}SEASON=spring\nTIMEOUT=30\nWEATHER_PASSWORD=sk-made-up-secret-of-mine\nBOT_ACTIVITY="with sk-made-up-secret-of-mine"\n`;

describe('print', () => {
  it('prints every key with its value, its origin and what it hides, and no secret', async () => {
    const { code, stdout, stderr } = await runOn(TEXT, ['print'], {
      environment: { TIMEOUT: '40', DEBUG: 'true' },
    });
    expect(stdout[0]).toMatch(/^🔖 Version: [\da-f]{12}$/);
    expect(stdout).toEqual(
      expect.arrayContaining([
        'DISCORD_TOKEN = [hidden] · file, line 1',
        'BOT_PREFIX = ! · default',
        'DEBUG = true · environment',
        'TIMEOUT = 30 · file, line 3, hides the one of the environment',
        'BOT_ACTIVITY = with [hidden] · file, line 5',
      ]),
    );
    const extras = stdout.indexOf('Keys that are no settings:');
    expect(stdout.slice(extras + 1, extras + 3)).toEqual([
      'SEASON = spring · file, line 2',
      'WEATHER_PASSWORD = [hidden] · file, line 4',
    ]);
    expect(stdout.at(-1)).toBe('⚠️ TIMEOUT on line 3 hides the value of the process environment');
    expect(stdout.join('\n')).not.toContain('made-up');
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  });

  it('prints the same as JSON', async () => {
    const { code, stdout } = await runOn(TEXT, ['print', '--json'], { environment: { TIMEOUT: '40' } });
    const printed: { settings: unknown; extras: unknown } = JSON.parse(stdout.join('\n'));
    expect(printed).toMatchObject({ file: '/srv/bot/.env', path: '/srv/bot/.env' });
    expect(printed.settings).toContainEqual({
      key: 'TIMEOUT',
      value: '30',
      hidden: false,
      origin: 'file',
      line: 3,
      shadowsEnvironment: true,
    });
    expect(printed.extras).toMatchObject([
      { key: 'SEASON', value: 'spring', line: 2 },
      { key: 'WEATHER_PASSWORD', value: '[hidden]', hidden: true },
    ]);
    expect(stdout.join('\n')).not.toContain('made-up');
    expect(code).toBe(0);
  });

  it('prints no invalid configuration, but what is wrong with it', async () => {
    const { code, stdout, stderr } = await runOn(`${TEXT}LOG_LEVEL=loud\n`, ['print', '--json']);
    expect(stdout).toEqual([]);
    expect(stderr).toEqual([
      '❌ /srv/bot/.env is invalid: 1 fault',
      expect.stringMatching(/^• \/srv\/bot\/\.env:6 LOG_LEVEL: /),
    ]);
    expect(code).toBe(78);
  });

  it('keeps a value with control characters on its line', async () => {
    const { stdout } = await runOn(`${TOKEN_LINE}SEASON="one\\ntwo\u001b[31m"\n`, ['print']);
    expect(stdout).toContain(String.raw`SEASON = one\ntwo\u{1b}[31m · file, line 2`);
  });
});

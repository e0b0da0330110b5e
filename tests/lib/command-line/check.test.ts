import { describe, expect, it } from 'vitest';

import { runOn, TOKEN_LINE } from '../../support/run-command-line.js';

/** Line 2 a fault, 3 a warning, 4 a fault, 5 a warning; the environment holds a fault, too. */
const MIXED = `${TOKEN_LINE}LOG_LEVEL=loud\nBOT_PREFX=?\nnonsense\nTIMEOUT=30\n`;
const ENVIRONMENT = { TIMEOUT: '40', DEBUG: 'perhaps' };

describe('check', () => {
  it('says that a file is valid, and which version it would be', async () => {
    const { code, stdout, stderr } = await runOn(TOKEN_LINE, ['check']);
    expect(stdout).toEqual([
      expect.stringMatching(/^✅ \/srv\/bot\/\.env is valid \[version: [\da-f]{12}\]$/),
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  });

  it('lists faults and warnings together, in the order of the lines', async () => {
    const { code, stdout } = await runOn(MIXED, ['check'], { environment: ENVIRONMENT });
    expect(stdout).toEqual([
      '❌ /srv/bot/.env is invalid: 3 faults, 2 warnings',
      '• /srv/bot/.env:2 LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal (remedy: correct the value)',
      '⚠️ Unknown key BOT_PREFX on line 3: did you mean BOT_PREFIX?',
      expect.stringMatching(/^• \/srv\/bot\/\.env:4: not an assignment/),
      '⚠️ TIMEOUT on line 5 hides the value of the process environment',
      expect.stringMatching(/^• environment DEBUG: expected true or false/),
    ]);
    expect(code).toBe(78);
  });

  it('says once where a relative path leads', async () => {
    const { stdout } = await runOn(MIXED, ['check'], { file: 'my.env' });
    expect(stdout.filter((line) => line.includes(process.cwd()))).toEqual([
      `📄 my.env is ${process.cwd()}/my.env`,
    ]);
    expect(stdout.at(-1)).toContain(process.cwd());
  });

  it('looks at the file alone when told to', async () => {
    const { stdout } = await runOn(MIXED, ['check', '--no-env'], { environment: ENVIRONMENT });
    expect(stdout[0]).toBe('❌ /srv/bot/.env is invalid: 2 faults, 1 warning');
    expect(stdout.join('\n')).not.toMatch(/environment|DEBUG/);
  });

  it('allows warnings, unless it is strict', async () => {
    const text = `${TOKEN_LINE}BOT_PREFX=?\n`;
    expect(await runOn(text, ['check'])).toMatchObject({ code: 0 });
    const { code, stdout } = await runOn(text, ['check', '--strict']);
    expect(code).toBe(3);
    expect(stdout[0]).toMatch(/^✅ \/srv\/bot\/\.env is valid, with 1 warning \[version: /);
    expect(stdout.at(-1)).toBe('❌ --strict allows no warnings');
    expect(await runOn(TOKEN_LINE, ['check', '--strict'])).toMatchObject({ code: 0 });
    expect(await runOn(MIXED, ['check', '--strict'])).toMatchObject({ code: 78 });
  });

  it('annotates the lines of a workflow', async () => {
    const { code, stdout } = await runOn(MIXED, ['check', '--format', 'github'], {
      environment: ENVIRONMENT,
      file: 'conf,ig/a:b%.env',
    });
    expect(stdout.slice(0, 5)).toEqual([
      '::error file=conf%2Cig/a%3Ab%25.env,line=2,title=LOG_LEVEL::expected one of trace, debug, info, warn, error, fatal (remedy: correct the value)',
      '::warning file=conf%2Cig/a%3Ab%25.env,line=3,title=BOT_PREFX::Unknown key BOT_PREFX on line 3: did you mean BOT_PREFIX?',
      expect.stringMatching(/^::error file=conf%2Cig\/a%3Ab%25\.env,line=4::not an assignment/),
      expect.stringMatching(/^::warning file=conf%2Cig\/a%3Ab%25\.env,line=5,title=TIMEOUT::/),
      expect.stringMatching(/^::error title=DEBUG::environment DEBUG: expected true or false/),
    ]);
    expect(stdout[5]).toBe('❌ conf,ig/a:b%.env is invalid: 3 faults, 2 warnings');
    expect(code).toBe(78);
  });

  it('answers programs in JSON', async () => {
    const { code, stdout } = await runOn(MIXED, ['check', '--format', 'json'], { file: 'my.env' });
    expect(JSON.parse(stdout.join('\n'))).toMatchObject({
      file: 'my.env',
      path: `${process.cwd()}/my.env`,
      valid: false,
      version: null,
      errors: 2,
      warnings: 1,
      findings: [
        { severity: 'error', kind: 'invalid-setting', source: 'file', line: 2, key: 'LOG_LEVEL' },
        { severity: 'warning', kind: 'unknown-key', line: 3, key: 'BOT_PREFX' },
        { severity: 'error', kind: 'not-an-assignment', line: 4, key: null },
      ],
    });
    expect(code).toBe(78);
  });

  it('never shows a value, in any format', async () => {
    const text = `${TOKEN_LINE}OPENAI_API_KEY=sk-made-up-secret-of-mine\nLOG_LEVEL=sk-made-up-secret-of-mine\nBOT_PREFX=private-text\nsk-made-up-secret-of-mine = 1\n`;
    for (const format of ['human', 'github', 'json']) {
      const answer = await runOn(text, ['check', '--format', format]);
      expect(answer.stdout.join('\n')).not.toMatch(/made-up|private-text|MTIz/);
    }
  });
});

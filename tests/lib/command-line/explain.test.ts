import { describe, expect, it } from 'vitest';

import { runOn, TOKEN_LINE } from '../../support/run-command-line.js';

describe('explain', () => {
  it('says everything known of a setting', async () => {
    const { code, stdout } = await runOn(`${TOKEN_LINE}TEXT_BACKEND=off\n`, ['explain', 'TEXT_BACKEND']);
    expect(stdout).toEqual([
      'TEXT_BACKEND',
      'Which service answers `/ask`, mentions and direct messages.',
      '',
      'Value: off',
      'Origin: file, line 2',
      'Expects: one of off, openai, ollama',
      'Default: off',
      'Takes effect: immediately',
      'Secret: no',
      'Not to be confused with: TEXT_ENGINE, LLM_BACKEND, LLM_PROVIDER',
    ]);
    expect(code).toBe(0);
  });

  it('hides a secret, and says what else is special', async () => {
    const ofToken = await runOn(TOKEN_LINE, ['explain', 'DISCORD_TOKEN']);
    expect(ofToken.stdout).toEqual(
      expect.arrayContaining(['Value: [hidden]', 'Default: none, so it is required', 'Secret: yes']),
    );
    const ofPath = await runOn(TOKEN_LINE, ['explain', 'MEMORY_DB_PATH']);
    expect(ofPath.stdout).toEqual(
      expect.arrayContaining([
        'Takes effect: after a restart',
        'Version: left out of it, because it belongs to one process',
      ]),
    );
    const ofPrompt = await runOn(TOKEN_LINE, ['explain', 'PROMPT_FILE']);
    expect(ofPrompt.stdout).toEqual(
      expect.arrayContaining(['Default: empty', 'File: its content is part of the configuration']),
    );
  });

  it('answers although the file is invalid, with the faults of this key only', async () => {
    const text = `${TOKEN_LINE}LOG_LEVEL=loud\nTIMEOUT=soon\nDEBUG=true\n`;
    const { code, stdout } = await runOn(text, ['explain', 'LOG_LEVEL']);
    expect(stdout).toContain('Value: none that is valid');
    expect(stdout.filter((line) => line.startsWith('•'))).toEqual([
      expect.stringContaining('/srv/bot/.env:2 LOG_LEVEL: '),
    ]);
    expect(code).toBe(0);
    expect((await runOn(text, ['explain', 'DEBUG'])).stdout).toContain('Origin: file, line 4');
  });

  it('knows the other keys of the file, and those that have no effect in it', async () => {
    const { stdout } = await runOn(`${TOKEN_LINE}SEASON=spring\n`, ['explain', 'SEASON']);
    expect(stdout).toEqual([
      'SEASON',
      'A key in the file that is no setting.',
      '',
      'Value: spring',
      'Origin: file, line 2',
    ]);
    expect((await runOn(TOKEN_LINE, ['explain', 'ENV_FILE'])).stdout[1]).toContain('environment only');
  });

  it('refuses a key that it does not know, and suggests another', async () => {
    const { code, stdout, stderr } = await runOn(TOKEN_LINE, ['explain', 'LOG_LEVLE']);
    expect({ code, stdout, first: stderr[0] }).toEqual({
      code: 2,
      stdout: [],
      first: 'There is no setting LOG_LEVLE: did you mean LOG_LEVEL?',
    });
  });

  it('does not repeat a secret that was typed in the place of a key', async () => {
    const { stderr } = await runOn(TOKEN_LINE, ['explain', TOKEN_LINE.slice('DISCORD_TOKEN='.length).trim()]);
    expect(stderr[0]).toBe('There is no setting [hidden]');
  });
});

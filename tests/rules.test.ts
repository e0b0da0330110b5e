import { describe, expect, it } from 'vitest';

import { rulesFor } from '../src/rules.js';
import { settings } from '../src/settings.js';
import { build, snapshotOf } from './support/snapshot-of.js';

describe('files that settings name', () => {
  it('does not let logs, notes or instructions share a file with each other or the configuration', () => {
    const defaults = snapshotOf(settings, 'DISCORD_TOKEN=AAAA.BBBB.CCCC').settings;
    const objections = (changes: Partial<typeof defaults>) =>
      rulesFor('config/.env').flatMap(({ check }) =>
        check({ ...defaults, ...changes }).map(({ key, problem }) => `${key}: ${problem}`),
      );
    expect(objections({ LOG_JSONL_PATH: 'off' })).toEqual([]);
    expect(objections({ PROMPT_FILE: 'config/.env', MEMORY_DB_PATH: defaults.LOG_JSONL_PATH })).toEqual([
      'PROMPT_FILE: it names the same file as the configuration file',
      'MEMORY_DB_PATH: it names the same file as LOG_JSONL_PATH',
    ]);
  });
});

describe('what settings need of each other', () => {
  const start = 'DISCORD_TOKEN=a.b.c\n';
  const missing = (text: string) =>
    build(settings, start + text, { rules: rulesFor('.env') }).faults.map((fault) =>
      'key' in fault ? fault.key : null,
    );

  it.each([
    ['TEXT_BACKEND=openai', ['OPENAI_API_KEY', 'OPENAI_TEXT_MODEL']],
    ['TEXT_BACKEND=openai\nOPENAI_TEXT_MODEL=m\nTEXT_MODEL=m', ['OPENAI_API_KEY']],
    ['TEXT_BACKEND=openai\nOPENAI_API_KEY=k\nOPENAI_TEXT_MODEL=" "', ['OPENAI_TEXT_MODEL']],
    ['TEXT_BACKEND=ollama\nOPENAI_TEXT_MODEL=m', ['TEXT_MODEL']],
    ['TTS_ENGINE=openai\nOPENAI_API_KEY=k', ['TTS_API_KEY']],
    ['STT_ENGINE=openai\nOPENAI_API_KEY=k', ['WHISPER_API_KEY']],
    ['TEXT_BACKEND=openai\nOPENAI_TEXT_MODEL=m\nOPENAI_API_BASE=http://localhost:8080/v1', []],
    ['TTS_ENGINE=openai\nTTS_API_BASE=http://localhost:8080/v1', []],
    ['STT_ENGINE=openai\nSTT_API_BASE=https://api.openai.com/v1', ['WHISPER_API_KEY']],
    ['CONFIG_APPROVAL=on', ['REPORT_CHANNEL_ID']],
    ['CONFIG_APPROVAL=on\nREPORT_CHANNEL_ID=123456789012345678', []],
    ['', []],
    ['TEXT_BACKEND=openai\nOPENAI_API_KEY=k\nOPENAI_TEXT_MODEL=m', []],
    ['TEXT_BACKEND=ollama\nTEXT_MODEL=m', []],
    ['TTS_ENGINE=openai\nTTS_API_KEY=k\nSTT_ENGINE=openai\nWHISPER_API_KEY=k', []],
  ])('%j lacks %j', (text, keys) => {
    expect(missing(text)).toEqual(keys);
  });

  it('is reported with all else that is wrong, and with what to do', () => {
    const { faults } = build(settings, `${start}TEXT_BACKEND=ollama\nTEMPERATURE=3`, {
      rules: rulesFor('.env'),
    });
    expect(faults).toMatchObject([
      {
        key: 'TEXT_MODEL',
        line: 2,
        problem: 'required while TEXT_BACKEND is ollama, but not set',
        remedy: 'add a line TEXT_MODEL=…, or set TEXT_BACKEND=off',
      },
      { kind: 'invalid-setting', key: 'TEMPERATURE', line: 3 },
    ]);
  });
});

function built(seconds: number) {
  return build(settings, `DISCORD_TOKEN=a.b.c\nTIMEOUT=${String(seconds)}\n`, { rules: rulesFor('.env') });
}

describe('a TIMEOUT that is longer than Discord waits', () => {
  it('is a warning, and no fault', () => {
    expect(built(841)).toMatchObject({
      faults: [],
      warnings: [{ key: 'TIMEOUT', line: 2, problem: expect.stringContaining('ends after 840 seconds') }],
    });
    expect(built(840).warnings).toEqual([]);
  });
});

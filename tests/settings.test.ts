import { describe, expect, it } from 'vitest';

import { definitionsOf } from '../src/config/settings/definition.js';
import { settings } from '../src/settings.js';

const declared = [...definitionsOf(settings).values()];

function accepts(key: keyof typeof settings, text: string): boolean {
  return settings[key].safeParse(text).success;
}

describe('settings', () => {
  it.each(declared.filter(({ fallback }) => fallback !== null && fallback.text !== ''))(
    'reads the default of $key as it is written',
    ({ schema, fallback }) => {
      expect(schema.parse(fallback?.text)).toEqual(fallback?.value);
    },
  );

  it.each(declared)('describes $key in a sentence, and what it expects in a phrase', (definition) => {
    expect(definition.description).toMatch(/^[A-Z].*\.$/);
    expect(definition.expects).toMatch(/^\S.*[^.]$/);
  });

  it('gives no secret a default', () => {
    expect(declared.filter(({ secret, fallback }) => secret && (fallback?.text ?? '') !== '')).toEqual([]);
  });

  it('reads log levels in any case', () => {
    expect(settings.LOG_LEVEL.parse(' WARN ')).toBe('warn');
    expect(accepts('LOG_LEVEL', 'loud')).toBe(false);
  });

  it('reads booleans in words and figures', () => {
    for (const text of ['true', 'TRUE', '1', 'yes', 'on']) expect(settings.DEBUG.parse(text)).toBe(true);
    for (const text of ['false', '0', 'no', 'off']) expect(settings.DEBUG.parse(text)).toBe(false);
    expect(accepts('DEBUG', 'maybe')).toBe(false);
  });

  it('keeps the watch settings within their limits', () => {
    expect(['100', '3600000'].map((text) => settings.CONFIG_POLL_INTERVAL_MS.parse(text))).toEqual([
      100, 3_600_000,
    ]);
    expect(
      ['99', '3600001', '5e3', '-1', '1.5', 'x'].filter((text) => accepts('CONFIG_POLL_INTERVAL_MS', text)),
    ).toEqual([]);
    expect(['0', '60000'].map((text) => settings.CONFIG_DEBOUNCE_MS.parse(text))).toEqual([0, 60_000]);
    expect(accepts('CONFIG_DEBOUNCE_MS', '60001')).toBe(false);
  });

  it('reads lists of snowflakes with spaces and trailing commas, and nothing else', () => {
    expect(settings.OWNER_IDS.parse('12345678901234567, 123456789012345678,')).toEqual([
      '12345678901234567',
      '123456789012345678',
    ]);
    expect(accepts('OWNER_IDS', '1234')).toBe(false);
    expect(accepts('ADMIN_GUILD_IDS', 'everyone')).toBe(false);
  });

  it('accepts prefixes that a message can start with', () => {
    expect(['!', '?bot ', 'hey bot, '].filter((text) => !accepts('BOT_PREFIX', text))).toEqual([]);
    expect([' !', 'x'.repeat(17), '!\n'].filter((text) => accepts('BOT_PREFIX', text))).toEqual([]);
  });

  it('takes no token for the name of a model or a voice, which is sent to whoever serves it', () => {
    const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB';
    const names = ['OPENAI_TEXT_MODEL', 'TEXT_MODEL', 'TTS_MODEL', 'TTS_VOICE', 'WHISPER_MODEL'] as const;
    for (const key of names) {
      expect(accepts(key, 'org/model-1.5:latest@2026')).toBe(true);
      expect(accepts(key, token)).toBe(false);
    }
  });

  it('knows "off" in any case for no log file', () => {
    expect(settings.LOG_JSONL_PATH.parse(' OFF ')).toBe('off');
    expect(settings.LOG_JSONL_PATH.parse('Logs/Bot.jsonl')).toBe('Logs/Bot.jsonl');
  });

  it('reads decimals with and without a figure before the point', () => {
    expect(['.7', '0.7', '2'].map((text) => settings.TEMPERATURE.parse(text))).toEqual([0.7, 0.7, 2]);
    expect(['2.', '.', '-1', '1e0', '2.1'].filter((text) => accepts('TEMPERATURE', text))).toEqual([]);
  });

  it('accepts what has the three parts of a token', () => {
    expect(accepts('DISCORD_TOKEN', 'AAAA.BBBB.CCCC')).toBe(true);
    expect(
      ['', 'AAAA', 'AAAA.BBBB', 'AAAA.BBBB.CCCC"', 'Bot AAAA.BBBB.CCCC'].filter((text) =>
        accepts('DISCORD_TOKEN', text),
      ),
    ).toEqual([]);
  });
});

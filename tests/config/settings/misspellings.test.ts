import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { definitionsOf } from '../../../src/config/settings/definition.js';
import { meantKey } from '../../../src/config/settings/misspellings.js';
import { settings } from '../../../src/settings.js';

function declared(...keys: string[]) {
  return definitionsOf(Object.fromEntries(keys.map((key) => [key, z.string()])));
}

describe('a misspelt key', () => {
  const definitions = declared('LOG_LEVEL', 'LOG_LABEL', 'MAX_USER_MEMORY', 'PORT');

  it.each([
    ['LOG_LEVL', 'LOG_LEVEL'],
    ['log_level', 'LOG_LEVEL'],
    ['log-level', 'LOG_LEVEL'],
    ['log.level', 'LOG_LEVEL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['LOG_LABEL2', 'LOG_LABEL'],
    ['MAX_USERS_MEMORY', 'MAX_USER_MEMORY'],
    ['MAX_MEMORY', 'MAX_USER_MEMORY'],
    ['PROT', 'PORT'],
    ['PORTAL', 'PORT'],
  ])('%s probably means %s', (key, meant) => {
    expect(meantKey(key, definitions)).toBe(meant);
  });

  it.each(['NODE_ENV', 'MEMORY', 'X', 'PORTALS', 'PASS', 'LOG_FORMAT'])('%s means nothing else', (key) => {
    expect(meantKey(key, definitions)).toBeNull();
  });

  it('means the nearest of several, and the first of equals', () => {
    expect(meantKey('LOG_LEBEL', definitions)).toBe('LOG_LEVEL');
    expect(meantKey('AB_X', declared('AB_Y', 'AB_X1', 'AB_X'))).toBe('AB_X');
    expect(meantKey('AB_X', declared('AB_Y', 'AB_Z'))).toBe('AB_Y');
  });

  it('may differ by a third of the declared key, and no more', () => {
    expect(meantKey('ABCDEFxxx', declared('ABCDEFGHI'))).toBe('ABCDEFGHI');
    expect(meantKey('ABCDExxxx', declared('ABCDEFGHI'))).toBeNull();
  });

  it('means what is one slip away rather than what has the same words', () => {
    expect(meantKey('MAX_USER', declared('MAX_USER_MEMORY', 'MAXUSER'))).toBe('MAXUSER');
  });

  it('means nothing when only half of its words are those of a setting', () => {
    expect(meantKey('LOG_FORMAT', declared('LOG_LEVEL'))).toBeNull();
    expect(meantKey('LEVEL', declared('LOG_LEVEL'))).toBe('LOG_LEVEL');
  });

  it('may be in the plural, which only longer words have', () => {
    expect(meantKey('POSTS_LIMIT', declared('CHANNEL_POST_LIMIT'))).toBe('CHANNEL_POST_LIMIT');
    expect(meantKey('US_LIMIT', declared('U_CHANNEL_LIMIT'))).toBeNull();
  });

  it('means nothing where nothing is declared', () => {
    expect(meantKey('ANYTHING', new Map())).toBeNull();
  });
});

describe('among the settings of this bot', () => {
  const definitions = definitionsOf(settings);

  it.each([
    ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
    ['OPENAI_BASE', 'OPENAI_API_BASE'],
    ['OPENAI_API_URL', 'OPENAI_API_BASE'],
    ['OPENAI_URL', 'OPENAI_API_BASE'],
    ['OPENAI_KEY', 'OPENAI_API_KEY'],
    ['OPENAI_APIKEY', 'OPENAI_API_KEY'],
    ['OPENAI_MODEL', 'OPENAI_TEXT_MODEL'],
    ['OLLAMA_URL', 'OLLAMA_BASE_URL'],
    ['OLLAMA_HOST', 'OLLAMA_BASE_URL'],
    ['TOKEN', 'DISCORD_TOKEN'],
    ['BOT_TOKEN', 'DISCORD_TOKEN'],
    ['DISCORD_BOT_TOKEN', 'DISCORD_TOKEN'],
    ['DISCORD_TOKN', 'DISCORD_TOKEN'],
    ['discord-token', 'DISCORD_TOKEN'],
    ['PREFIX', 'BOT_PREFIX'],
    ['ACTIVITY', 'BOT_ACTIVITY'],
    ['MAX_TOKENS', 'MAX_OUTPUT_TOKENS'],
    ['MAX_TOKEN', 'MAX_OUTPUT_TOKENS'],
    ['OUTPUT_TOKENS', 'MAX_OUTPUT_TOKENS'],
    ['STT_MODEL', 'WHISPER_MODEL'],
    ['STT_API_KEY', 'WHISPER_API_KEY'],
    ['WHISPER_KEY', 'WHISPER_API_KEY'],
    ['TTS_KEY', 'TTS_API_KEY'],
    ['TTS_BASE', 'TTS_API_BASE'],
    ['VOICE', 'TTS_VOICE'],
    ['LANGUAGE', 'STT_LANGUAGE'],
    ['OWNER_ID', 'OWNER_IDS'],
    ['OWNERS', 'OWNER_IDS'],
    ['ADMIN_GUILDS', 'ADMIN_GUILD_IDS'],
    ['LEVEL', 'LOG_LEVEL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['LOG_PATH', 'LOG_JSONL_PATH'],
    ['DEBIG', 'DEBUG'],
    ['POLL_INTERVAL_MS', 'CONFIG_POLL_INTERVAL_MS'],
    ['CONFIG_POLL_INTERVAL', 'CONFIG_POLL_INTERVAL_MS'],
    ['CONFIG_DEBOUNCE', 'CONFIG_DEBOUNCE_MS'],
    ['DB_PATH', 'MEMORY_DB_PATH'],
    ['USER_MEMORY', 'MAX_USER_MEMORY'],
    ['SERVER_MEMORY', 'MAX_SERVER_MEMORY'],
    ['PROMPT', 'PROMPT_FILE'],
    ['HISTORY', 'HISTORY_WINDOW'],
    ['TEXT_ENGINE', 'TEXT_BACKEND'],
    ['TEMPRATURE', 'TEMPERATURE'],
    ['CONFIG_SECRET_KEY', 'CONFIG_SECRET_KEYS'],
  ])('%s probably means %s', (key, meant) => {
    expect(meantKey(key, definitions)).toBe(meant);
  });

  it.each([
    'BUG',
    'MODEL',
    'API_KEY',
    'ENGINE',
    'MEMORY',
    'PATH',
    'NODE_ENV',
    'TZ',
    'PORT',
    'HOME',
    'LOG_COLOR',
    'SECRET_KEY',
    'MY_SECRET_KEY',
    'PUBLIC_KEY',
  ])('%s means nothing else', (key) => {
    expect(meantKey(key, definitions)).toBeNull();
  });
});

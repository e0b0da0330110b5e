import { describe, expect, it } from 'vitest';

import { verdictOf } from '../../../../src/config/secrets/signs/names.js';

describe('the name of a key says that its value is', () => {
  it.each([
    'DISCORD_TOKEN',
    'dbPassword2',
    'DB_PASSWORD_2',
    'db.password',
    'HTTPPassword',
    'PGPASSWORD',
    'MASTERKEY',
    'REDIS_AUTH',
    'SSH_KEY',
    'API_KEYS',
    'AWS_ACCESS_KEY_ID',
    'SEED_PHRASE',
    'DB_CONN_STR',
    'CONNECTION_STRING',
    'connectionString',
    'SLACK_WEBHOOK_URL',
    'SENTRY_DSN_URI',
    'PASSWORDS_BY_USER',
  ])('a secret: %s', (key) => {
    expect(verdictOf(key)).toBe('secret');
  });

  it.each([
    'KEY',
    'SONG_KEY',
    'MAX_TOKENS',
    'REQUIRE_PASSWORD',
    'SEED',
    'PIN',
    'PIN_ONE',
    'SESSION',
    'SIGNATURE',
  ])('perhaps a secret: %s', (key) => {
    expect(verdictOf(key)).toBe('maybe');
  });

  it.each([
    'PREFIX',
    'PASSWORD_MIN_LENGTH',
    'TOKEN_URL',
    'TOKENS_PER_MINUTE_ALLOWED',
    'PUBLIC_KEY',
    'CACHE_KEYS',
    'AUTH_METHOD',
    'AUTH_GREETING',
    'KEYBOARD',
    'SPIN_SPEED',
    'SEED_WORDS',
    'WEBHOOK_NAME',
    '',
    '___',
  ])('harmless: %s', (key) => {
    expect(verdictOf(key)).toBe('harmless');
  });

  it('whatever number stands behind it', () => {
    expect(verdictOf('BOT_TOKEN_12')).toBe('secret');
    expect(verdictOf('TOKEN_URL_3')).toBe('harmless');
  });
});

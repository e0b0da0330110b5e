import { describe, expect, it } from 'vitest';

import { secretParts } from '../../../src/config/secrets/secret-texts.js';
import {
  hasSensitiveName,
  isPastedSecret,
  isSensitiveExtra,
  looksSecret,
  MASK,
  maskShapes,
  nameOf,
} from '../../../src/config/secrets/sensitive.js';

/** Twenty letters and digits, in as many as are asked for. */
function filler(length: number): string {
  return 'a1B2c3D4e5F6g7H8i9J0'.repeat(Math.ceil(length / 20)).slice(0, length);
}

/** The parts that say anything, each once. */
function partsOf(text: string): Set<string> {
  return new Set(secretParts(text).filter((part) => part !== ''));
}

describe('a key name', () => {
  it.each([
    'DISCORD_TOKEN',
    'token',
    'CLIENT_SECRET',
    'PASS',
    'DB_PASSWORD',
    'PASSWD',
    'PASSPHRASE',
    'MYSQL_PWD',
    'API_KEY',
    'APIKEY',
    'api-key',
    'AUTH_KEY',
    'ACCESS_KEY',
    'PRIV_KEY',
    'PRIVATE_KEY',
    'CLIENT_KEY',
    'DB_KEY',
    'ENCRYPTION_KEY',
    'SIGNING_KEY',
    'GOOGLE_CREDENTIALS',
    'WEBHOOK_URL',
    'SENTRY_DSN',
    'COOKIE',
  ])('%s says that its value is a secret', (key) => {
    expect(hasSensitiveName(key)).toBe(true);
    expect(isSensitiveExtra(key, 'x')).toBe(true);
  });

  it.each(['LOG_LEVEL', 'KEY', 'KEYBOARD', 'MAX_USER_MEMORY', 'API_URL', 'PREFIX', 'AUTHOR', 'PUBLIC_KEY'])(
    '%s says nothing of the kind',
    (key) => {
      expect(hasSensitiveName(key)).toBe(false);
      expect(isSensitiveExtra(key, 'x')).toBe(false);
    },
  );

  it('is never hidden when it is declared', () => {
    const key = filler(31);
    expect(nameOf(key, new Set([key]))).toBe(key);
    expect(nameOf(key, new Map([[key, 1]]))).toBe(key);
    expect(nameOf(key, new Set(['ANOTHER']))).toBe(MASK);
  });

  it('is a pasted secret when somebody wrote a token in front of the sign', () => {
    expect(isPastedSecret(`ghp_${filler(36)}`)).toBe(true);
    for (const key of ['DISCORD_TOKEN', 'A_KEY', 'MY_SERVICE_CLIENT_2_NAME_FOR_PRODUCTION_3']) {
      expect(isPastedSecret(key)).toBe(false);
    }
  });

  it('is shown unless it looks like a secret itself', () => {
    expect(nameOf('DISCORD_TOKEN')).toBe('DISCORD_TOKEN');
    expect(nameOf(`ghp_${filler(16)}`)).toBe(MASK);
    expect(nameOf(filler(31))).toBe(MASK);
    expect(nameOf('A_RATHER_LONG_NAME_FOR_A_SETTING_WITHOUT_DIGITS')).toBe(
      'A_RATHER_LONG_NAME_FOR_A_SETTING_WITHOUT_DIGITS',
    );
  });
});

describe('a value with the shape of a secret', () => {
  const shapes: [shape: string, secret: string][] = [
    ['the shortest Discord token', `M${filler(22)}.${filler(6)}.${filler(27)}`],
    ['the longest Discord token', `O${filler(27)}.${filler(6)}.${filler(45)}`],
    ['a Discord token of the middle', `N${filler(25)}.${filler(6)}.${filler(38)}`],
    ['a webhook', 'discord.com/api/webhooks/123/abc-DEF_1'],
    ['the token of an interaction', 'interactions/123456789012345678/aW50ZXJhY3Rpb246MTIz'],
    ['the same behind a proxy', 'webhooks/123456789012345678/aW50ZXJhY3Rpb246MTIz'],
    ['a webhook of an API version', 'discord.com/api/v10/webhooks/123/abc'],
    ['a webhook of the old host', 'discordapp.com/api/webhooks/123/abc'],
    ['a JSON Web Token', 'eyJhbGciOiJI.eyJzdWIiOiIx.c2ln-_'],
    ['a JSON Web Token without signature', 'eyJ01234567.01234567.'],
    ['two parts of a JSON Web Token', 'eyJ01234567.01234567'],
    ['an OpenAI key', `sk-${filler(16)}`],
    ['a project key', 'sk-proj-abc_def-0123456789'],
    ['a Stripe key', `rk_live_${filler(16)}`],
    ['a public Stripe key', `pk_${filler(16)}`],
    ['a GitHub token', `ghp_${filler(16)}`],
    ['a GitHub server token', `ghs_${filler(16)}`],
    ['a fine-grained GitHub token', `github_pat_${filler(16)}`],
    ['a GitLab token', `glpat-${filler(16)}`],
    ['a Slack token', `xoxb-${filler(16)}`],
    ['a Hugging Face token', `hf_${filler(16)}`],
    ['an npm token', `npm_${filler(16)}`],
    ['an AWS key', 'AKIA0123456789ABCDEF'],
    ['a passing AWS key', 'ASIA0123456789ABCDEF'],
    ['a Google key', `AIza${filler(30)}`],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----'],
    ['an RSA private key', '-----BEGIN RSA PRIVATE KEY-----\nx\n-----END RSA PRIVATE KEY-----'],
  ];

  it.each(shapes)('is found and hidden, alone and in a text: %s', (_shape, secret) => {
    expect(looksSecret(secret)).toBe(true);
    expect(looksSecret(secret), 'asked twice').toBe(true);
    expect(maskShapes(secret)).toBe(MASK);
    expect(maskShapes(`got "${secret}", and "${secret}"`)).toBe(`got "${MASK}", and "${MASK}"`);
    expect(secretParts(`= ${secret} =`)).toContain(secret);
  });

  it.each([
    ['a token with a part too short', `M${filler(21)}.${filler(6)}.${filler(27)}`],
    ['a token with a stamp too short', `M${filler(22)}.${filler(5)}.${filler(27)}`],
    ['a token with an end too short', `M${filler(22)}.${filler(6)}.${filler(26)}`],
    ['a token of another letter', `P${filler(22)}.${filler(6)}.${filler(27)}`],
    ['a webhook without token', 'discord.com/api/webhooks/123/'],
    ['a webhook without number', 'discord.com/api/webhooks/abc/abc'],
    ['a host that ends alike', 'mydiscord.com/api/webhooks/1/abc'],
    ['a JSON Web Token with a head too short', 'eyJ0123456.01234567'],
    ['a JSON Web Token with a body too short', 'eyJ01234567.0123456'],
    ['a JSON Web Token in the middle of a word', 'xeyJ01234567.01234567'],
    ['an OpenAI key too short', `sk-${filler(15)}`],
    ['a word that ends alike', `task-${filler(16)}`],
    ['a GitHub token too short', `ghp_${filler(15)}`],
    ['an unknown GitHub token', `ghx_${filler(16)}`],
    ['an AWS key too short', 'AKIA0123456789ABCDE'],
    ['an AWS key too long', 'AKIA0123456789ABCDEFG'],
    ['a Google key too short', `AIza${filler(29)}`],
    ['a public key', '-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----'],
    ['an address', 'https://example.org/path?lang=en#tokens'],
    ['a mail address', 'mailto:me@example.org'],
    ['ordinary words', 'the quick brown fox jumps over the lazy dog'],
  ])('is not seen in %s', (_shape, text) => {
    expect(looksSecret(text)).toBe(false);
    expect(maskShapes(text)).toBe(text);
  });

  it('is hidden in full when it is a JSON Web Token with something joined to it', () => {
    expect(maskShapes('session-eyJhbGciOiJI.eyJzdWIiOiIx.c2ln!')).toBe(`${MASK}!`);
    expect(maskShapes('a.eyJhbGciOiJI.eyJzdWIiOiIx.c2ln')).toBe(`a.${MASK}`);
  });

  it('is hidden to the end when a private key has none', () => {
    expect(maskShapes('key: -----BEGIN EC PRIVATE KEY-----\nMHc\nCAQ')).toBe(`key: ${MASK}`);
  });

  it('ends with the private key', () => {
    expect(maskShapes('-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\nmore')).toBe(
      `${MASK}\nmore`,
    );
  });
});

describe('a URL', () => {
  it.each([
    ['postgres://me:pass@db/app', 'postgres://[hidden]@db/app'],
    ['HTTPS://token@example.org', 'HTTPS://[hidden]@example.org'],
    ['git+ssh://a@b and redis://:pw@c', 'git+ssh://[hidden]@b and redis://[hidden]@c'],
  ])('loses its user information: %s', (text, masked) => {
    expect(looksSecret(text)).toBe(true);
    expect(maskShapes(text)).toBe(masked);
  });

  it.each([
    'token',
    'access_token',
    'X-Amz-Security-Token',
    'client_secret',
    'password',
    'passwd',
    'credential',
    'X-Amz-Signature',
    'key',
    'api_key',
    'apikey',
    'api-key',
    'auth',
    'sig',
    'pwd',
    'TOKEN',
  ])('loses the credential %s in its query', (name) => {
    expect(looksSecret(`http://a/?x=1&${name}=v4lue`)).toBe(true);
    expect(maskShapes(`http://a/?x=1&${name}=v4lue&y=2#z`)).toBe(`http://a/?x=1&${name}=[hidden]&y=2#z`);
    expect(maskShapes(`/path?${name}=v4lue"`)).toBe(`/path?${name}=[hidden]"`);
  });

  it.each([
    'http://a/?page=2&lang=en',
    'http://a/?tokens=1',
    'http://a/?token=',
    'http://a/b@c',
    'http://a?b@c',
    'token=v4lue',
  ])('%s keeps everything', (text) => {
    expect(looksSecret(text)).toBe(false);
    expect(maskShapes(text)).toBe(text);
  });
});

describe('an undeclared value that looks generated', () => {
  it.each([filler(31), `${filler(30)}A==`, `${filler(29)}+/A=`, `-${filler(31)}`])(
    '%s is sensitive',
    (text) => {
      expect(isSensitiveExtra('ANYTHING', text)).toBe(true);
    },
  );

  it.each([
    ['too short', filler(30)],
    ['without digits', 'a'.repeat(40)],
    ['without letters', '1'.repeat(40)],
    ['with blanks', `${filler(31)} x`],
    ['a path', `/${filler(40)}`],
    ['with a padding too long', `${filler(31)}===`],
  ])('is not sensitive when it is %s', (_why, text) => {
    expect(isSensitiveExtra('ANYTHING', text)).toBe(false);
  });
});

describe('the parts of a secret', () => {
  it('are the user information and the password of a URL, encoded and not', () => {
    expect(partsOf('postgres://me:p%40ss@db')).toEqual(new Set(['me:p%40ss', 'me:p@ss', 'p%40ss', 'p@ss']));
    expect(partsOf('https://lonely@host')).toEqual(new Set(['lonely']));
  });

  it('are the credentials of a query and the token of a webhook', () => {
    expect(partsOf('http://a/?key=k1%20&auth=a2')).toEqual(new Set(['k1%20', 'k1 ', 'a2']));
    expect(partsOf('x/webhooks/12/to-ken_1/y')).toEqual(new Set(['to-ken_1']));
  });

  it('stay as they are when they are no proper encoding', () => {
    expect(partsOf('http://a/?key=100%')).toEqual(new Set(['100%']));
  });

  it('are none of an ordinary text', () => {
    expect(partsOf('correct horse battery staple')).toEqual(new Set());
  });
});

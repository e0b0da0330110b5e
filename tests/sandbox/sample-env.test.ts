import { expect, it } from 'vitest';

import { newPassword, newToken, sampleEnv } from '../../sandbox/sample-env.js';
import { parseEnvFile } from '../../src/config/parse/env-file.js';
import { looksSecret } from '../../src/config/secrets/sensitive.js';

it('is a valid file with the given secrets', () => {
  const values = {
    token: newToken(),
    password: newPassword(),
    key: 'sk-1',
    modelUrl: 'http://127.0.0.1:1/v1',
  };
  const file = parseEnvFile(Buffer.from(sampleEnv(values)));
  expect(file.values).toMatchObject({
    DISCORD_TOKEN: values.token,
    DATABASE_PASSWORD: values.password,
    OPENAI_API_KEY: 'sk-1',
    OPENAI_API_BASE: values.modelUrl,
  });
});

it('makes tokens that look like real ones, and never the same one twice', () => {
  expect(looksSecret(newToken())).toBe(true);
  expect(newToken()).not.toBe(newToken());
});

import { expect, it } from 'vitest';

import { assignedSecrets } from '../../../../src/config/secrets/signs/assignments.js';

it.each([
  ['an ADO connection string', 'Server=db;User=sa;Password=hunter22;Encrypt=yes', ['hunter22']],
  ['libpq', 'host=db user=bot password = hunter22 dbname=bot', ['hunter22']],
  ['libpq with quotes', "host=db password='hunter 22'", ['hunter 22']],
  ['Azure', 'AccountName=bot;AccountKey=aGVsbG8=;EndpointSuffix=core', ['aGVsbG8=']],
  ['a command', 'run --env API_TOKEN=abc123 image', ['abc123']],
  ['two of them', 'client_secret=one1&access-token=two2', ['one1', 'two2']],
  ['JSON', '{"user": "bot", "password": "hunter22"}', ['hunter22']],
  ['JSON inside JSON', '{\\"api_key\\": \\"hunter22\\"}', ['hunter22']],
  ['curl', 'curl -u bot:hunter22 https://example.com', ['hunter22']],
  ['curl in long', 'curl --user "bot:hunter22" https://example.com', ['hunter22']],
  ['.netrc', 'machine example.com login bot password hunter22', ['hunter22']],
])('finds the secret in %s', (_what, text, secrets) => {
  expect(assignedSecrets(text)).toEqual(secrets);
});

it.each([
  'password=$DB_PASSWORD',
  'password=%DB_PASSWORD%',
  'password=<yours>',
  'password={{ password }}',
  'password=********',
  'password="xxxx"',
  '{"password": "..."}',
  'user=bot;host=db',
  'mypassword hunter22',
  'login bot',
  'ratio: 1:2',
])('leaves a gap, and what is no assignment, alone: %s', (text) => {
  expect(assignedSecrets(text)).toEqual([]);
});

it('takes what only begins or ends like a placeholder for a secret', () => {
  expect(assignedSecrets('password=xxxx7')).toEqual(['xxxx7']);
  expect(assignedSecrets('password=...7')).toEqual(['...7']);
  expect(assignedSecrets('password=**7')).toEqual(['**7']);
  expect(assignedSecrets('password=a$b')).toEqual(['a$b']);
});

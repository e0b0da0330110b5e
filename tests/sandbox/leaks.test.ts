import { expect, it } from 'vitest';

import { leaksOf } from '../../sandbox/leaks.js';

it('finds a secret, plain or encoded, and never shows it', () => {
  const secret = 'pa ss/w"rd';
  const lines = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
    'harmless',
  ];
  const found = leaksOf(['another secret', secret], { lines }).join('\n');
  for (let line = 1; line <= 5; line++)
    expect(found).toMatch(new RegExp(`^secret 2, .*, in lines ${line}$`, 'm'));
  expect(found).not.toContain('in lines 6');
  expect(found).not.toContain('secret 1');
  expect(found).not.toContain(secret);
});

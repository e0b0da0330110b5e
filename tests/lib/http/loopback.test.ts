import { expect, it } from 'vitest';

import { hostIn, isLoopback } from '../../../src/lib/http/loopback.js';

it.each(['127.0.0.1', '127.8.9.10', '::1', '[::1]', 'localhost', 'LOCALHOST', '::ffff:127.0.0.1'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

it.each([
  '',
  '10.0.0.1',
  'evil.example',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  '::',
  '0.0.0.0',
])('%j is not', (host) => {
  expect(isLoopback(host)).toBe(false);
});

it.each([
  ['localhost:9464', 'localhost'],
  ['localhost', 'localhost'],
  ['[::1]:9464', '[::1]'],
  ['[::1]', '[::1]'],
])('%s names the host %s', (header, host) => {
  expect(hostIn(header)).toBe(host);
});

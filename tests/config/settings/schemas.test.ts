import { describe, expect, it } from 'vitest';

import { listenAddress } from '../../../src/config/settings/schemas.js';

describe('an address to listen on', () => {
  it.each([
    ['9464', '127.0.0.1:9464'],
    [' 9464 ', '127.0.0.1:9464'],
    ['127.0.0.1:9464', '127.0.0.1:9464'],
    ['0.0.0.0:1', '0.0.0.0:1'],
    ['localhost:65535', 'localhost:65535'],
    ['[::1]:9464', '[::1]:9464'],
    ['[::]:9464', '[::]:9464'],
    ['bot-7.example.org:80', 'bot-7.example.org:80'],
    ['', ''],
  ])('%j is %j', (text, address) => {
    expect(listenAddress().parse(text)).toBe(address);
  });

  it.each(['0', '65536', '-1', 'on', ':9464', 'localhost', '::1:9464', 'http://localhost:1', '1.5', 'a b:1'])(
    '%j is none',
    (text) => {
      expect(listenAddress().safeParse(text).success).toBe(false);
    },
  );
});

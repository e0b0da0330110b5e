import { homedir } from 'node:os';

import { expect, it, vi } from 'vitest';

import { enableCompileCache } from '../src/compile-cache.js';

it("keeps compiled code in the user's cache directory", () => {
  const enable = vi.fn<(directory: string) => void>();
  enableCompileCache({}, { enableCompileCache: enable });
  enableCompileCache({ XDG_CACHE_HOME: '/var/cache' }, { enableCompileCache: enable });
  expect(enable.mock.calls).toEqual([
    [`${homedir()}/.cache/live-config-bot`],
    ['/var/cache/live-config-bot'],
  ]);
});

it('leaves alone a cache that is in use already', () => {
  const enable = vi.fn<(directory: string) => void>();
  enableCompileCache({}, { enableCompileCache: enable, getCompileCacheDir: () => '/app/cache' });
  expect(enable).not.toHaveBeenCalled();
});

it('does nothing where Node has no such cache', () => {
  expect(() => {
    enableCompileCache({}, {});
  }).not.toThrow();
});

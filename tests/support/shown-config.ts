import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { assume } from 'loopback-kit';
import { afterEach, beforeEach } from 'vitest';

import type { Reply } from '../../src/lib/replies/reply.js';
import type { ShownConfig } from '../../src/lib/views/shown-config.js';
import { liveConfigFrom, type TestConfig } from './live-config-from.js';

/** A small configuration, made anew for each test of a view. */
export interface Shown {
  readonly live: TestConfig;
  readonly config: ShownConfig;
  /** What the watch is to say of the file. */
  watchState: string;
}

/** Gives each test of the file one: it holds a setting, an extra and a secret. */
export function useShownConfig(): () => Shown {
  let directory: string;
  let shown: Shown;
  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'view-'));
    const live = await liveConfigFrom(directory, 'LEVEL=high\nEXTRA=my extra\nTOKEN=a-token-to-hide\n');
    const settings = { ...live.current.settings, CONFIG_POLL_INTERVAL_MS: 5000 };
    const proxy = new Proxy(live, {
      get: (target, key) => {
        if (key === 'settings') return settings;
        if (key === 'watch') return { running: true, state: shown.watchState };
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const config = {
      live: assume<ShownConfig['live']>(proxy),
      mask: (text: string) => live.masker.mask(text),
    };
    shown = { live, config, watchState: 'watching' };
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });
  return () => shown;
}

/** The fields of a reply by name, without the symbols before it. */
export function fieldsOf({ embed }: Reply): Record<string, string> {
  return Object.fromEntries(
    (embed?.fields ?? []).map(({ name, value }) => [name.replace(/^\P{ASCII}+ /u, ''), value]),
  );
}

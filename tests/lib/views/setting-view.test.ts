import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { assume } from 'loopback-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Reply } from '../../../src/lib/replies/reply.js';
import { matchingKeys, settingReply } from '../../../src/lib/views/setting-view.js';
import type { ShownConfig } from '../../../src/lib/views/shown-config.js';
import { liveConfigFrom, type TestConfig } from '../../support/live-config-from.js';

let directory: string;
let live: TestConfig;
let config: ShownConfig;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'setting-view-'));
  live = await liveConfigFrom(directory, 'LEVEL=high\nEXTRA=my extra\nTOKEN=a-token-to-hide\n');
  const settings = { ...live.current.settings, CONFIG_POLL_INTERVAL_MS: 5000 };
  config = {
    live: assume(
      new Proxy(live, {
        get: (target, key) => {
          if (key === 'settings') return settings;
          if (key === 'watch') return { running: true, state: 'watching' };
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
    ),
    mask: (text) => live.masker.mask(text),
  };
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function fieldsOf({ embed }: Reply): Record<string, string> {
  return Object.fromEntries(
    (embed?.fields ?? []).map(({ name, value }) => [name.replace(/^\P{ASCII}+ /u, ''), value]),
  );
}

describe('one setting', () => {
  it('shows value, origin, default and when it takes effect', () => {
    expect(fieldsOf(settingReply(config, 'LEVEL', 'channel'))).toMatchObject({
      Value: '`high`',
      Origin: 'file, line 1',
      Default: '`low`',
      'Takes effect': 'immediately',
      'Last change': 'not since the bot started',
    });
    expect(fieldsOf(settingReply(config, 'PLACE', 'channel'))['Takes effect']).toBe('after a restart');
  });

  it('shows an extra to the asker only, and a secret to nobody', () => {
    expect(fieldsOf(settingReply(config, 'EXTRA', 'asker'))['Value']).toBe('`my extra`');
    expect(fieldsOf(settingReply(config, 'EXTRA', 'channel'))['Value']).toBe('[hidden]');
    expect(fieldsOf(settingReply(config, 'TOKEN', 'asker'))['Value']).toBe('`[hidden]`');
  });

  it('that does not exist gets a suggestion', () => {
    expect(settingReply(config, 'LEVLE', 'asker').lines?.[0]).toContain('did you mean `LEVEL`?');
    expect(settingReply(config, '__proto__', 'asker').lines?.[0]).toMatch(/^❓ There is no setting/);
  });
});

it('the keys that match start with what is typed, or else contain it', () => {
  expect(matchingKeys(config, 'l')).toEqual(['LEVEL', 'LIMIT', 'LIST', 'PLACE']);
  expect(matchingKeys(config, 'extra')).toEqual(['EXTRA']);
});

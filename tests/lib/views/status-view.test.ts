import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { assume } from 'loopback-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Reply } from '../../../src/lib/replies/reply.js';
import type { ShownConfig } from '../../../src/lib/views/shown-config.js';
import { statusReply } from '../../../src/lib/views/status-view.js';
import { liveConfigFrom, refreshWith, type TestConfig } from '../../support/live-config-from.js';

let directory: string;
let live: TestConfig;
let config: ShownConfig;
let watchState: string;

const FACTS = { readySince: null, savedAt: null };

beforeEach(async () => {
  watchState = 'watching';
  directory = mkdtempSync(path.join(tmpdir(), 'status-view-'));
  live = await liveConfigFrom(directory, 'LEVEL=high\nEXTRA=my extra\nTOKEN=a-token-to-hide\n');
  const settings = { ...live.current.settings, CONFIG_POLL_INTERVAL_MS: 5000 };
  config = {
    live: assume(
      new Proxy(live, {
        get: (target, key) => {
          if (key === 'settings') return settings;
          if (key === 'watch') return { running: true, state: watchState };
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

describe('the status', () => {
  it('shows every declared setting that is no secret, and where it comes from', () => {
    expect(statusReply(config, FACTS).lines).toContain('`LEVEL` = `high` · file, line 1');
    const text = JSON.stringify(statusReply(config, FACTS));
    expect(text).not.toMatch(/a-token|my extra/);
  });

  it('counts settings and extras, and says how the watch is doing', () => {
    expect(fieldsOf(statusReply(config, FACTS))).toMatchObject({
      Settings: expect.stringMatching(/\(and 1 extra\)$/),
      Watch: 'watching, every 5000 ms',
      'Up since': 'not ready',
      'File saved': 'not there',
      'Restart needed': 'no',
    });
  });

  it('names what waits for a restart', async () => {
    await refreshWith(live, 'PLACE=there\n');
    expect(fieldsOf(statusReply(config, { readySince: 0, savedAt: 60_000 }))).toMatchObject({
      'Restart needed': '`PLACE`',
      'Up since': '<t:0:R>',
      'File saved': '<t:60:R>',
    });
  });

  it('tells of a secret only whether it is set, and of an extra only the name', async () => {
    expect(statusReply(config, FACTS).lines).toEqual(
      expect.arrayContaining(['`TOKEN` set · file, line 3', '`EXTRA` · file, line 2']),
    );
    await refreshWith(live, 'LEVEL=high\n');
    expect(statusReply(config, FACTS).lines).toContain('`TOKEN` not set');
    expect(statusReply(config, FACTS).lines?.join('\n')).not.toContain('Extras');
  });

  it('lists the faults of the last rejection until a reload succeeds', async () => {
    await refreshWith(live, 'LEVEL=highest\nLIMIT=many\nTOKEN=a-token-to-hide\n');
    const lines = statusReply(config, FACTS).lines ?? [];
    expect(lines[0]).toBe('**❌ The last reload was rejected**; the configuration before it stays in effect');
    expect(lines.slice(1, 3)).toEqual([
      expect.stringMatching(/^• .*1 LEVEL: expected low or high/),
      expect.stringMatching(/^• .*2 LIMIT: expected/),
    ]);
    await refreshWith(live, 'LEVEL=high\nEXTRA=my extra\nTOKEN=a-token-to-hide\n');
    expect(JSON.stringify(statusReply(config, FACTS))).not.toContain('rejected');
  });

  it('says what is the matter with the file', () => {
    watchState = 'stale mount';
    expect(statusReply(config, FACTS).lines?.[0]).toMatch(/^🚨 The configuration file .* is a stale mount/);
  });

  it('says how many extras the version leaves out', async () => {
    await refreshWith(live, 'MY_API_KEY=0123456789abcdef\nPLAIN=1\n');
    expect(fieldsOf(statusReply(config, FACTS))['Version']).toBe(
      `\`${live.current.version}\`\nwithout 1 extra that looks secret`,
    );
  });
});

import { describe, expect, it } from 'vitest';

import type { ConfigEvent } from '../../src/config/events.js';
import { describeWatchState, logTo } from '../../src/config/log.js';
import { accepted, rejected, UNCHANGED } from '../support/outcomes.js';

const mask = (text: string): string => text.replaceAll('s3cret', '[hidden]');

/** What a log gets of these events: the level and the first line of each message. */
function logged(...events: ConfigEvent[]): string[] {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => {
    lines.push(`${level}: ${message.split('\n')[0] ?? ''}`);
  };
  const observe = logTo(
    { info: at('info'), warn: at('warn'), error: at('error') },
    { file: '/srv/.env', mask },
  );
  for (const event of events) observe(event);
  return lines;
}

const repeated = (kind: string): ConfigEvent => ({
  kind: 'outcome',
  outcome: rejected({ triggers: [{ kind }], repeated: true }),
});

describe('a log', () => {
  it('gets the version at the start, and a line for each warning', () => {
    const outcome = accepted({
      triggers: [{ kind: 'startup' }],
      warnings: [{ kind: 'second-assignment', key: 'A', line: 1, second: 's3cret' }],
    });
    const [loaded, warning, ...others] = logged({ kind: 'outcome', outcome });
    expect(loaded).toBe('info: Configuration loaded from /srv/.env [version: 6a7b8c9d0e1f]');
    expect(warning).toMatch(/^warn: ⚠️ .*\[hidden\]/);
    expect(others).toEqual([]);
  });

  it('gets the report of a refresh, masked', () => {
    const failed = accepted({ diff: UNCHANGED.diff, kind: 'unchanged' });
    expect(logged({ kind: 'outcome', outcome: accepted() }, { kind: 'outcome', outcome: failed })).toEqual([
      'info: 📊 Configuration changes detected:',
      'info: ✅ Configuration reloaded (no changes detected) [version: 6a7b8c9d0e1f]',
    ]);
    const messages: string[] = [];
    const observe = logTo(
      { info: (message) => messages.push(message), warn: () => undefined, error: () => undefined },
      { file: '/srv/.env', mask },
    );
    const subscriberFailures = [{ name: 'shop', reason: 'no such key: s3cret' }];
    observe({ kind: 'outcome', outcome: accepted({ subscriberFailures }) });
    expect(messages.join('\n')).toContain('shop failed to take the change: no such key: [hidden]');
  });

  it('gets a rejection as an error', () => {
    expect(logged({ kind: 'outcome', outcome: rejected() })).toEqual([
      'error: ❌ Configuration reload failed:',
    ]);
  });

  it('gets a rejection once, however often the watch tries again, but always when somebody asked', () => {
    expect(logged(repeated('watch'))).toEqual([]);
    expect(logged(repeated('signal'))).toHaveLength(1);
  });

  it('gets what becomes of the watched file', () => {
    expect(
      logged(
        { kind: 'watch', state: 'missing', previous: 'watching' },
        { kind: 'watch', state: 'watching', previous: 'missing' },
      ),
    ).toEqual([
      'warn: The configuration file /srv/.env is missing; the current configuration stays in effect until it is back',
      'info: The configuration file /srv/.env can be read',
    ]);
  });

  it('gets an error of the watch, masked', () => {
    expect(logged({ kind: 'error', error: new Error('EIO at s3cret') })).toEqual([
      'error: The watch of /srv/.env failed, and goes on: EIO at [hidden]',
    ]);
  });
});

it('says what to do about a file that cannot be read, and about a stale mount', () => {
  expect(describeWatchState('.env', 'unreadable')).toContain('Remedy: ');
  expect(describeWatchState('.env', 'stale mount')).toContain('Remedy: mount the directory');
});

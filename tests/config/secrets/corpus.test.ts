import { describe, expect, it } from 'vitest';

import { isSensitiveExtra, looksSecret, maskShapes } from '../../../src/config/secrets/sensitive.js';
import { NO_SECRETS, SECRETS } from './corpus.js';

const FALSE_ALARMS = 0.02;

/** All of those found, when they are more than are allowed. */
function beyond(allowed: number, found: readonly (readonly [key: string, value: string])[]): string[] {
  return found.length > allowed ? found.map(([key, value]) => `${key}=${value}`) : [];
}

describe('the keys that nobody declared', () => {
  it('are of both kinds, and many', () => {
    expect(SECRETS.length).toBeGreaterThan(380);
    expect(NO_SECRETS.length).toBeGreaterThan(340);
  });

  it('are hidden when they are secrets, as the operating guide says', () => {
    const missed = SECRETS.filter(([key, value]) => !isSensitiveExtra(key, value));
    expect(beyond(0, missed)).toEqual([]);
  });

  it('are shown when they are none', () => {
    const alarms = NO_SECRETS.filter(([key, value]) => isSensitiveExtra(key, value));
    expect(beyond(0, alarms)).toEqual([]);
  });

  it('hold nothing, when they are none, that is hidden in any text', () => {
    const changed = NO_SECRETS.filter(([, value]) => looksSecret(value) || maskShapes(value) !== value);
    expect(beyond(NO_SECRETS.length * FALSE_ALARMS, changed)).toEqual([]);
  });
});

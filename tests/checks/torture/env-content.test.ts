import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { INVALID_KINDS, invalidContent, validContent } from '../../../checks/torture/env-content.js';
import { expectedState } from '../../../checks/torture/oracle.js';
import { type Clock, systemClock } from '../../../src/config/clock.js';
import { LiveConfig } from '../../../src/config/live-config.js';
import { rulesFor } from '../../../src/rules.js';
import { settings } from '../../../src/settings.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const TIMING = { pollMs: 100, debounceMs: 50 };

/** Every file looks as if it had settled long ago. */
const LATER: Clock = { ...systemClock, now: () => Date.now() + 10_000 };

function versionOf(bytes: Buffer): string | null {
  const state = expectedState(bytes, {});
  return state.kind === 'valid' ? state.version : null;
}

describe('the content of a save', () => {
  it('ends without a line break, in a number whose prefixes are numbers', () => {
    expect(validContent(42, TIMING).bytes.toString()).toMatch(/\nMAX_SERVER_MEMORY=\d+$/);
  });

  it('has no prefix, and no mixture with other content, that passes for complete', () => {
    const [old, now] = [validContent(1003, TIMING).bytes, validContent(1004, TIMING).bytes];
    const complete = new Set([versionOf(old), versionOf(now)]);
    let accepted = 0;
    for (let cut = 0; cut < now.length; cut += 3) {
      for (const torn of [now.subarray(0, cut), Buffer.concat([now.subarray(0, cut), old.subarray(cut)])]) {
        const version = versionOf(torn);
        if (version === null || torn.equals(old)) continue;
        accepted++;
        expect(complete).not.toContain(version);
      }
    }
    // Otherwise the torture could not tell a bot that reads half a file from one that does not.
    expect(accepted).toBeGreaterThan(100);
  });

  it.each(INVALID_KINDS)('is rejected with the fault that the torture looks for: %s', async (kind) => {
    const file = path.join(temporaryDirectory(), '.env');
    writeFileSync(file, validContent(5, TIMING).bytes);
    const config = await LiveConfig.load({
      settings,
      rules: rulesFor(file),
      file,
      environment: {},
      clock: LATER,
    });
    const { bytes, fault } = invalidContent(6, TIMING, kind);
    writeFileSync(file, bytes);
    const outcome = await config.refresh({ kind: 'signal' });
    const lines = outcome.kind === 'rejected' ? outcome.error.lines : [];
    expect(lines.some((line) => fault?.test(line))).toBe(true);
  });
});

import { ConfigError } from '../../src/config/faults/config-error.js';
import type { AcceptedOutcome, Preview, RejectedOutcome } from '../../src/config/outcome.js';
import type { Change, Diff } from '../../src/config/snapshot/diff.js';

export const NO_DIFF: Diff = { added: [], removed: [], modified: [], unchanged: 0, effective: new Set() };

export function change(key: string, before: string | null, after: string | null): Change {
  return { key, before, after, declared: false, sensitive: false, fallback: null };
}

export const DIFF: Diff = {
  added: [change('NEW_SETTING', null, 'value')],
  removed: [change('OLD_SETTING', 'removed_value', null)],
  modified: [change('MAX_USER_MEMORY', '20', '30')],
  unchanged: 45,
  effective: new Set(['NEW_SETTING', 'OLD_SETTING', 'MAX_USER_MEMORY']),
};

const COMMON = {
  triggers: [{ kind: 'signal' }],
  at: 0,
  durationMs: 1,
  previousVersion: '0a1b2c3d4e5f',
  contentId: 'c0ffee',
  warnings: [],
} as const;

export function accepted(parts: Partial<AcceptedOutcome> = {}): AcceptedOutcome {
  return {
    ...COMMON,
    kind: 'applied',
    version: '6a7b8c9d0e1f',
    diff: DIFF,
    secretsChanged: 0,
    restartPending: [],
    subscriberFailures: [],
    ...parts,
  };
}

export function rejected(parts: Partial<RejectedOutcome> = {}): RejectedOutcome {
  const error = new ConfigError('/srv/.env', [
    { kind: 'blank' },
    { kind: 'duplicate-key', key: 'A', line: 3, firstLine: 1 },
  ]);
  return { ...COMMON, kind: 'rejected', error, passing: false, repeated: false, ...parts };
}

export const UNCHANGED = accepted({ kind: 'unchanged', diff: NO_DIFF, version: '0a1b2c3d4e5f' });

/** What such a refresh would have come to. */
export function previewOf(outcome: AcceptedOutcome | RejectedOutcome): Preview {
  const { at, durationMs, previousVersion, contentId, warnings } = outcome;
  return { kind: 'preview', at, durationMs, previousVersion, contentId, warnings, result: outcome };
}

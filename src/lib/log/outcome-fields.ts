import { type Change, describeTrigger, describeWarning, nameOf, type Outcome } from '../../config/index.js';

/** The most keys that one log line lists. */
const MAX_KEYS = 50;

/** An outcome as the fields of a JSONL entry: counts as numbers, keys by name, no values. */
export function outcomeFields(outcome: Outcome): Readonly<Record<string, unknown>> {
  const [trigger, ...others] = outcome.triggers;
  const common = {
    event: 'config.reload',
    trigger: trigger.kind,
    ...(trigger.kind === 'command' && { who: trigger.who }),
    ...(others.length > 0 && { sharedWith: others.slice(0, MAX_KEYS).map(describeTrigger) }),
    ...(outcome.dryRun && { dryRun: true }),
    outcome: outcome.kind,
    previousVersion: outcome.previousVersion,
    durationMs: Math.round(outcome.durationMs * 1000) / 1000,
  };
  if (outcome.kind === 'rejected') {
    return { ...common, version: outcome.previousVersion, faults: outcome.error.lines };
  }
  const { diff } = outcome;
  return {
    ...common,
    version: outcome.version,
    added: diff.added.length,
    removed: diff.removed.length,
    modified: diff.modified.length,
    unchanged: diff.unchanged,
    addedKeys: keysOf(diff.added),
    removedKeys: keysOf(diff.removed),
    modifiedKeys: keysOf(diff.modified),
    secretsChanged: outcome.secretsChanged,
    restartPending: outcome.restartPending,
    warnings: outcome.warnings.map(describeWarning),
    subscriberFailures: outcome.subscriberFailures,
  };
}

function keysOf(changes: readonly Change[]): readonly string[] {
  return changes.slice(0, MAX_KEYS).map(({ key }) => nameOf(key));
}

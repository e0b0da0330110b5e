import path from 'node:path';

import {
  type Acceptance,
  type Change,
  describeTrigger,
  describeWarning,
  type Outcome,
  type Preview,
  type Rejection,
  shownKey,
  type Trigger,
  type Warning,
} from '../../config/index.js';

type Fields = Readonly<Record<string, unknown>>;

/** The most keys that one log line lists. */
const MAX_KEYS = 50;

/** An outcome as the fields of a JSONL entry: counts as numbers, keys by name, no values. */
export function outcomeFields(outcome: Outcome): Fields {
  const [trigger, ...others] = outcome.triggers;
  return {
    event: 'config.reload',
    ...triggerFields(trigger),
    ...(others.length > 0 && { sharedWith: others.slice(0, MAX_KEYS).map(describeTrigger) }),
    outcome: outcome.kind,
    ...runFields(outcome),
    ...resultFields(outcome, outcome),
    ...(outcome.kind !== 'rejected' && { subscriberFailures: outcome.subscriberFailures }),
  };
}

/** What was read at the start. */
export function loadFields(file: string, version: string, warnings: readonly Warning[]): Fields {
  return {
    event: 'config.load',
    trigger: 'startup',
    outcome: 'applied',
    file: path.resolve(file),
    version,
    warnings: warnings.map(describeWarning),
  };
}

/** A change that waits for approval. */
export function heldFields(preview: Preview): Fields {
  return { ...previewFields(preview, { kind: 'watch' }), event: 'config.held', outcome: 'held' };
}

/** The same for what a reload would come to. */
export function previewFields(preview: Preview, trigger: Trigger): Fields {
  return {
    event: 'config.preview',
    ...triggerFields(trigger),
    outcome: 'preview',
    result: preview.result.kind,
    ...runFields(preview),
    ...resultFields(preview, preview.result),
  };
}

function triggerFields({ kind, who }: Trigger): Fields {
  return { trigger: kind, ...(who !== undefined && { who }) };
}

function runFields({ previousVersion, durationMs, warnings }: Outcome | Preview): Fields {
  return {
    previousVersion,
    durationMs: Math.round(durationMs * 1000) / 1000,
    warnings: warnings.map(describeWarning),
  };
}

function resultFields({ previousVersion }: Outcome | Preview, result: Acceptance | Rejection): Fields {
  if (result.kind === 'rejected')
    return { version: previousVersion, faults: result.error.lines, file: path.resolve(result.error.file) };
  const { diff } = result;
  return {
    version: result.version,
    added: diff.added.length,
    removed: diff.removed.length,
    modified: diff.modified.length,
    unchanged: diff.unchanged,
    addedKeys: keysOf(diff.added),
    removedKeys: keysOf(diff.removed),
    modifiedKeys: keysOf(diff.modified),
    secretsChanged: result.secretsChanged,
    restartPending: result.restartPending,
  };
}

function keysOf(changes: readonly Change[]): readonly string[] {
  return changes.slice(0, MAX_KEYS).map(shownKey);
}

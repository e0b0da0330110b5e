import { type Change, describeTrigger, type Outcome, shownKey } from '../../config/index.js';

/** One key that a reload changed, as it may be shown. */
export interface RecordedChange extends Pick<Change, 'after' | 'before' | 'declared' | 'key' | 'sensitive'> {
  readonly kind: 'added' | 'modified' | 'removed';
}

/** What became of a reload, or of several in a row of which the same can be said. */
export interface ReloadRecord {
  /** When the first of them began and when the last, in milliseconds since 1970. */
  readonly at: number;
  readonly lastAt: number;
  readonly times: number;
  readonly outcome: Outcome['kind'];
  /** What asked for it, in words. */
  readonly triggers: string;
  readonly before: string;
  readonly after: string;
  readonly faults: readonly string[];
  readonly changes: readonly RecordedChange[];
}

/** The most changes of a kind, faults and triggers of one reload that are kept, and the most of a text, in characters. */
const MOST = 50;
const MOST_TRIGGERS = 5;
const MOST_TEXT = 200;

/** A reload for the history: names, versions and masked values. */
export function recordOf(outcome: Outcome, mask: (text: string) => string): ReloadRecord {
  const triggers = [...new Set(outcome.triggers.map(describeTrigger))].slice(0, MOST_TRIGGERS);
  const common = { at: outcome.at, lastAt: outcome.at, times: 1, triggers: mask(triggers.join(', ')) };
  const before = outcome.previousVersion;
  if (outcome.kind === 'rejected') {
    const faults = outcome.error.lines.slice(0, MOST).map((line) => mask(line));
    return { ...common, outcome: 'rejected', before, after: before, faults, changes: [] };
  }
  const { added, removed, modified } = outcome.diff;
  const changes = [
    ...recorded('added', added, mask),
    ...recorded('removed', removed, mask),
    ...recorded('modified', modified, mask),
  ];
  return { ...common, outcome: outcome.kind, before, after: outcome.version, faults: [], changes };
}

/** Whether the same is to be said of both, so that one entry will do. What was applied is always one of its own. */
export function isRepetition(one: ReloadRecord, next: ReloadRecord): boolean {
  return (
    one.outcome === next.outcome &&
    one.outcome !== 'applied' &&
    one.triggers === next.triggers &&
    one.before === next.before &&
    one.faults.join('\n') === next.faults.join('\n')
  );
}

function recorded(
  kind: RecordedChange['kind'],
  changes: readonly Change[],
  mask: (text: string) => string,
): RecordedChange[] {
  const shown = (text: string | null): string | null =>
    text === null ? null : mask(text).slice(0, MOST_TEXT);
  return changes.slice(0, MOST).map((change) => ({
    kind,
    key: mask(shownKey(change)).slice(0, MOST_TEXT),
    declared: change.declared,
    sensitive: change.sensitive,
    before: shown(change.before),
    after: shown(change.after),
  }));
}

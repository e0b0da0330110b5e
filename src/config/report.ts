import type { SubscriberFailure } from './notify/subscribers.js';
import type { Acceptance, Outcome, Preview, Rejection, Run } from './outcome.js';
import { type Change, type Diff, shownKey } from './snapshot/diff.js';
import { describeWarning } from './snapshot/warnings.js';

/** The longest value and the most keys of one kind that a report spells out. */
const MAX_VALUE_LENGTH = 200;
const MAX_KEYS = 50;

/** The fixed words of every report, of which no secret should be a part. */
export const WORDS = [
  'Configuration changes detected: Added Removed Modified Falls back Total',
  'Configuration reload complete [version: ]',
  'Configuration reloaded (no changes detected)',
  'Configuration reload failed: faults (remedy: )',
  'Configuration reload (dry run): nothing was applied, no changes detected',
  'Version: (still in effect) Dry run: a reload would reject the file',
  'secrets changed, Restart needed, failed to take the change, unchanged, environment, default',
] as const;

/** What an operator reads in the log: everything that changed, with the values that may be shown. */
export function logReport(outcome: Outcome | Preview): string {
  const result = outcome.kind === 'preview' ? outcome.result : outcome;
  if (result.kind === 'rejected') return rejectionLines(outcome, result).join('\n');
  const changes =
    result.kind === 'applied' ? ['📊 Configuration changes detected:', ...changeLines(result.diff)] : [];
  return [...changes, summary(outcome), ...noteLines(outcome, result)].join('\n');
}

/** The line that names how a reload ended; every one contains "Configuration reload". */
export function summary(outcome: Outcome | Preview): string {
  const isPreview = outcome.kind === 'preview';
  const result = isPreview ? outcome.result : outcome;
  const { previousVersion } = outcome;
  switch (result.kind) {
    case 'rejected': {
      const { length } = result.error.faults;
      const count = length === 1 ? '1 fault' : `${String(length)} faults`;
      return `❌ Configuration reload failed${isPreview ? ' (dry run)' : ''}: ${count} [version: ${previousVersion}]`;
    }
    case 'unchanged':
      return isPreview
        ? `🔍 Configuration reload (dry run): no changes detected [version: ${result.version}]`
        : `✅ Configuration reloaded (no changes detected) [version: ${result.version}]`;
    case 'applied':
      return isPreview
        ? `🔍 Configuration reload (dry run): nothing was applied [version: ${previousVersion} → ${result.version}]`
        : `✅ Configuration reload complete [version: ${previousVersion} → ${result.version}]`;
  }
}

/** Everything there is to say about a rejection, a line for each fault and each warning. */
export function rejectionLines(
  { previousVersion, warnings, kind }: Outcome | Preview,
  { error }: Rejection,
): string[] {
  return [
    '❌ Configuration reload failed:',
    ...error.lines.map((line) => `• ${line}`),
    `🔖 Version: ${previousVersion} (still in effect)`,
    ...error.location,
    ...(kind === 'preview' ? ['🔍 Dry run: a reload would reject the file'] : []),
    ...warnings.map((warning) => `⚠️ ${describeWarning(warning)}`),
  ];
}

/** What there is to say about an accepted configuration besides its changes. */
export function noteLines(
  { warnings, ...outcome }: Run & { readonly subscriberFailures?: readonly SubscriberFailure[] },
  { secretsChanged, restartPending }: Acceptance,
): string[] {
  const lines: string[] = [];
  if (secretsChanged > 0) {
    lines.push(`🔑 ${String(secretsChanged)} ${secretsChanged === 1 ? 'secret' : 'secrets'} changed`);
  }
  if (restartPending.length > 0) lines.push(`♻️ Restart needed: ${restartPending.join(', ')}`);
  // News first: the warnings stay until the file is corrected, and may be cut off.
  lines.push(
    ...(outcome.subscriberFailures ?? []).map(
      ({ name, reason }) => `⚠️ ${name} failed to take the change: ${printable(reason)}`,
    ),
    ...warnings.map((warning) => `⚠️ ${describeWarning(warning)}`),
  );
  return lines;
}

function changeLines(diff: Diff): string[] {
  const { added, removed, modified, unchanged } = diff;
  const lines: string[] = [];
  if (added.length > 0) lines.push(`  ➕ Added: {${listed(added, (change) => pair(change, change.after))}}`);
  if (removed.length > 0) {
    lines.push(`  ➖ Removed: {${listed(removed, (change) => pair(change, change.before))}}`);
  }
  const fallen = [...removed, ...modified].filter(({ fallback }) => fallback !== null);
  lines.push(...fallen.slice(0, MAX_KEYS).map(fallbackLine));
  lines.push(
    ...modified
      .slice(0, MAX_KEYS)
      .map(
        (change) =>
          `  🔄 Modified: ${shownKey(change)} = ${printable(change.before)} → ${printable(change.after)}`,
      ),
  );
  if (modified.length > MAX_KEYS)
    lines.push(`  🔄 Modified: … and ${String(modified.length - MAX_KEYS)} more`);
  const total = [
    `+${String(added.length)}`,
    `-${String(removed.length)}`,
    `~${String(modified.length)}`,
    `=${String(unchanged)}`,
  ];
  return [...lines, `  📈 Total: ${total.join(' ')}`];
}

function fallbackLine(change: Change): string {
  const { fallback } = change;
  return `  ↩️ Falls back: ${shownKey(change)} = ${printable(fallback?.value ?? null)} (${fallback?.origin ?? ''})`;
}

function listed(changes: readonly Change[], print: (change: Change) => string): string {
  const left = changes.length - MAX_KEYS;
  return [...changes.slice(0, MAX_KEYS).map(print), ...(left > 0 ? [`… and ${String(left)} more`] : [])].join(
    ', ',
  );
}

function pair(change: Change, value: string | null): string {
  return `'${shownKey(change)}': '${printable(value).replaceAll("'", "\\'")}'`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value on one line, without control characters (which a terminal would obey), at most 200 characters long. */
export function printable(value: string | null): string {
  const text = (value ?? '').replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => ESCAPES[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  if (text.length <= MAX_VALUE_LENGTH) return text;
  // Half of a character that is a surrogate pair is none.
  return `${text.slice(0, MAX_VALUE_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

import {
  type AcceptedOutcome,
  type Change,
  describeWarning,
  type Diff,
  nameOf,
  type Outcome,
  type RejectedOutcome,
} from '../../config/index.js';

/** The longest value and the most keys of one kind that a report spells out. */
const MAX_VALUE_LENGTH = 200;
const MAX_KEYS = 50;

/** The longest list of names in a reply: three of them, and what else there is to say, fit into a message. */
const MAX_NAMES_LENGTH = 400;

/** What an operator reads in the log: everything that changed, with the values that may be shown. */
export function logReport(outcome: Outcome): string {
  return (outcome.kind === 'rejected' ? rejection(outcome) : acceptance(outcome)).join('\n');
}

/** What whoever asked for a reload reads in Discord: how much changed, and no values. */
export function replyReport(outcome: Outcome): string[] {
  if (outcome.kind === 'rejected') return rejection(outcome);
  return [...headline(outcome), ...details(outcome), ...notes(outcome)];
}

/** The line that names how a reload ended; every one contains "Configuration reload". */
export function summary(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'rejected':
      return rejectionTitle(outcome);
    case 'unchanged':
      return outcome.dryRun
        ? `🔍 Configuration reload (dry run): no changes detected [version: ${outcome.version}]`
        : `✅ Configuration reloaded (no changes detected) [version: ${outcome.version}]`;
    case 'applied':
      return outcome.dryRun
        ? `🔍 Configuration reload (dry run): nothing was applied [version: ${versions(outcome)}]`
        : `✅ Configuration reload complete [version: ${versions(outcome)}]`;
  }
}

function acceptance(outcome: AcceptedOutcome): string[] {
  const changes =
    outcome.kind === 'applied' ? ['📊 Configuration changes detected:', ...changeLines(outcome.diff)] : [];
  return [...changes, summary(outcome), ...notes(outcome)];
}

function rejection({ error, previousVersion, dryRun }: RejectedOutcome): string[] {
  return [
    '❌ Configuration reload failed:',
    ...error.lines.map((line) => `• ${line}`),
    `🔖 Version: ${previousVersion} (still in effect)`,
    ...(dryRun ? ['🔍 Dry run: without it, the file would have been rejected'] : []),
  ];
}

function rejectionTitle({ error, dryRun, previousVersion }: RejectedOutcome): string {
  const count = error.faults.length === 1 ? '1 fault' : `${String(error.faults.length)} faults`;
  const how = dryRun ? ' (dry run)' : '';
  return `❌ Configuration reload failed${how}: ${count} [version: ${previousVersion}]`;
}

function headline(outcome: AcceptedOutcome): string[] {
  if (outcome.kind === 'unchanged') {
    const title = outcome.dryRun
      ? '🔍 Dry run: no changes detected'
      : '✅ Configuration reloaded (no changes detected)';
    return [title, `🔖 Version: ${outcome.version}`];
  }
  const title = outcome.dryRun
    ? '🔍 Dry run: these changes would be applied'
    : '✅ Configuration reloaded successfully!';
  return [title, ...counts(outcome.diff), `🔖 Version: ${versions(outcome)}`];
}

function counts({ added, removed, modified }: Diff): string[] {
  const parts = [
    added.length > 0 ? `+${String(added.length)} added` : '',
    removed.length > 0 ? `-${String(removed.length)} removed` : '',
    modified.length > 0 ? `~${String(modified.length)} modified` : '',
  ].filter(Boolean);
  return parts.length > 0 ? [`📊 Changes: ${parts.join(', ')}`] : [];
}

/** A dry run is asked for to see which keys would change. */
function details({ dryRun, diff }: AcceptedOutcome): string[] {
  if (!dryRun) return [];
  const lines: [string, readonly Change[]][] = [
    ['➕ Added', diff.added],
    ['➖ Removed', diff.removed],
    ['🔄 Modified', diff.modified],
  ];
  return lines.flatMap(([label, changes]) =>
    changes.length > 0 ? [`${label}: ${listed(changes, ({ key }) => nameOf(key), MAX_NAMES_LENGTH)}`] : [],
  );
}

function notes(outcome: AcceptedOutcome): string[] {
  const { secretsChanged, restartPending, warnings, subscriberFailures } = outcome;
  const lines: string[] = [];
  if (secretsChanged > 0) {
    lines.push(`🔑 ${String(secretsChanged)} ${secretsChanged === 1 ? 'secret' : 'secrets'} changed`);
  }
  if (restartPending.length > 0) lines.push(`♻️ Restart needed: ${restartPending.join(', ')}`);
  // First what is news: the warnings stay until the file is corrected, and may be cut off.
  lines.push(
    ...subscriberFailures.map(
      ({ name, reason }) => `⚠️ ${name} failed to take the change: ${printable(reason)}`,
    ),
    ...warnings.map((warning) => `⚠️ ${describeWarning(warning)}`),
  );
  return lines;
}

function versions({ previousVersion, version }: AcceptedOutcome): string {
  return `${previousVersion} → ${version}`;
}

function changeLines(diff: Diff): string[] {
  const { added, removed, modified, unchanged } = diff;
  const lines: string[] = [];
  if (added.length > 0) lines.push(`  ➕ Added: {${listed(added, ({ key, after }) => pair(key, after))}}`);
  if (removed.length > 0) {
    lines.push(`  ➖ Removed: {${listed(removed, ({ key, before }) => pair(key, before))}}`);
    const fallen = removed.filter(({ fallback }) => fallback !== null);
    lines.push(...fallen.slice(0, MAX_KEYS).map(fallbackLine));
  }
  lines.push(
    ...modified
      .slice(0, MAX_KEYS)
      .map(
        ({ key, before, after }) =>
          `  🔄 Modified: ${nameOf(key)} = ${printable(before)} → ${printable(after)}`,
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

function fallbackLine({ key, fallback }: Change): string {
  return `  ↩️ Falls back: ${nameOf(key)} = ${printable(fallback?.value ?? null)} (${fallback?.origin ?? ''})`;
}

/** The first one is shown whatever its length. */
function listed(
  changes: readonly Change[],
  print: (change: Change) => string,
  maxLength: number = Infinity,
): string {
  const shown: string[] = [];
  let length = 0;
  for (const text of changes.slice(0, MAX_KEYS).map(print)) {
    length += text.length;
    if (shown.length > 0 && length > maxLength) break;
    shown.push(text);
  }
  const left = changes.length - shown.length;
  return [...shown, ...(left > 0 ? [`… and ${String(left)} more`] : [])].join(', ');
}

function pair(key: string, value: string | null): string {
  return `'${nameOf(key)}': '${printable(value).replaceAll("'", "\\'")}'`;
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

import {
  type Change,
  type Diff,
  noteLines,
  type Outcome,
  type Preview,
  rejectionLines,
  shownKey,
} from '../../config/index.js';

/** The longest list of names in a reply: three of them, and what else there is to say, fit into a message. */
const MAX_NAMES_LENGTH = 400;

/** What the person who asked for a reload reads in Discord: how much changed, and no values. */
export function replyReport(outcome: Outcome): string[] {
  if (outcome.kind === 'rejected') return rejectionLines(outcome, outcome);
  const { previousVersion, version, diff } = outcome;
  const head =
    outcome.kind === 'unchanged'
      ? ['✅ Configuration reloaded (no changes detected)', `🔖 Version: ${version}`]
      : [
          '✅ Configuration reloaded successfully!',
          ...counts(diff),
          `🔖 Version: ${previousVersion} → ${version}`,
        ];
  return [...head, ...noteLines(outcome, outcome)];
}

/** The same for a dry run, which is asked for to see which keys would change. */
export function previewReport(preview: Preview): string[] {
  const { result, previousVersion } = preview;
  if (result.kind === 'rejected') return rejectionLines(preview, result);
  const { version, diff } = result;
  const head =
    result.kind === 'unchanged'
      ? ['🔍 Dry run: no changes detected', `🔖 Version: ${version}`]
      : [
          '🔍 Dry run: these changes would be applied',
          ...counts(diff),
          `🔖 Version: ${previousVersion} → ${version}`,
        ];
  return [...head, ...names(diff), ...noteLines(preview, result)];
}

function counts({ added, removed, modified }: Diff): string[] {
  const parts = [
    added.length > 0 ? `+${String(added.length)} added` : '',
    removed.length > 0 ? `-${String(removed.length)} removed` : '',
    modified.length > 0 ? `~${String(modified.length)} modified` : '',
  ].filter(Boolean);
  return parts.length > 0 ? [`📊 Changes: ${parts.join(', ')}`] : [];
}

function names({ added, removed, modified }: Diff): string[] {
  const lines: [string, readonly Change[]][] = [
    ['➕ Added', added],
    ['➖ Removed', removed],
    ['🔄 Modified', modified],
  ];
  return lines.flatMap(([label, changes]) => (changes.length > 0 ? [`${label}: ${listed(changes)}`] : []));
}

/** The first one is shown whatever its length. */
function listed(changes: readonly Change[]): string {
  const shown: string[] = [];
  let length = 0;
  for (const change of changes) {
    const name = shownKey(change);
    length += name.length;
    if (shown.length > 0 && length > MAX_NAMES_LENGTH) break;
    shown.push(name);
  }
  const left = changes.length - shown.length;
  return [...shown, ...(left > 0 ? [`… and ${String(left)} more`] : [])].join(', ');
}

import {
  type AcceptedOutcome,
  type Diff,
  noteLines,
  type Outcome,
  type Preview,
  type RejectedOutcome,
  rejectionLines,
} from '../../config/index.js';
import { approvalButtons } from '../operations/apply-buttons.js';
import { inert } from '../replies/markdown.js';
import type { Masking, Reply } from '../replies/reply.js';
import { changeLines } from './change-lines.js';

const MAX_TRIGGERS = 5;

/** What a channel of operators reads of an applied reload: the values of settings, none of extras or secrets. */
export function appliedNews(outcome: AcceptedOutcome, recovered: boolean, masking: Masking): string[] {
  const { previousVersion, version, diff } = outcome;
  const head =
    outcome.kind === 'applied' ? '✅ **Configuration applied**' : '✅ **Configuration in order again**';
  return [
    `${head} · ${triggersOf(outcome)}${recovered && outcome.kind === 'applied' ? ' · the last reload before was rejected' : ''}`,
    version === previousVersion ? `🔖 Version: ${version}` : `🔖 Version: ${previousVersion} → ${version}`,
    ...maskedChanges(diff, masking),
    ...masked(noteLines(outcome, outcome), masking),
  ];
}

/** The same of a rejected one. */
export function rejectedNews(outcome: RejectedOutcome, masking: Masking): string[] {
  const [, ...lines] = rejectionLines(outcome, outcome);
  return [`❌ **Configuration rejected** · ${triggersOf(outcome)}`, ...masked(lines, masking)];
}

/** A change that waits for somebody to apply it. */
export function heldNews(preview: Preview, masking: Masking): Reply {
  const { contentId, previousVersion, result } = preview;
  if (result.kind === 'rejected') return { lines: [] };
  return {
    lines: [
      '⏸️ **A change of the configuration file waits for approval**',
      `🔖 Version: ${previousVersion} → ${result.version}`,
      ...maskedChanges(result.diff, masking),
      ...masked(noteLines(preview, result), masking),
    ],
    components: approvalButtons(contentId),
  };
}

/** Names whoever used a command; nobody is pinged. */
function triggersOf({ triggers }: Outcome): string {
  const names = triggers.map(({ kind, who }) => (who === undefined ? kind : `${kind} by <@${who}>`));
  return [...new Set(names)].slice(0, MAX_TRIGGERS).join(', ');
}

function maskedChanges(diff: Diff, masking: Masking): string[] {
  return changeLines(diff, 'channel').map((line) => masking.mask(line));
}

function masked(lines: readonly string[], masking: Masking): string[] {
  return lines.map((line) => inert(masking.mask(line)));
}

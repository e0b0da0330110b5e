import { type Change, type Diff, MASK, shownKey } from '../../config/index.js';
import { code } from '../replies/markdown.js';
import type { Audience } from './setting-view.js';

/** The longest value within a line, and the most changes that are spelt out. */
const MAX_VALUE_LENGTH = 60;
const MAX_CHANGES = 15;

/** What changed, a line for each key. Nobody has declared the value of an extra harmless: not for a channel. */
export function changeLines(
  diff: Pick<Diff, 'added' | 'modified' | 'removed'>,
  audience: Audience,
): string[] {
  const lines = [
    ...diff.added.map((change) => `➕ ${name(change)} = ${value(change, change.after, audience)}`),
    ...diff.removed.map((change) => `➖ ${name(change)} = ${value(change, change.before, audience)}`),
    ...diff.modified.map(
      (change) =>
        `🔄 ${name(change)} = ${value(change, change.before, audience)} → ${value(change, change.after, audience)}`,
    ),
  ];
  const left = lines.length - MAX_CHANGES;
  return left > 0 ? [...lines.slice(0, MAX_CHANGES), `… and ${String(left)} more`] : lines;
}

function name(change: Change): string {
  return code(shownKey(change));
}

function value({ declared, sensitive }: Change, text: string | null, audience: Audience): string {
  const hidden = sensitive || (!declared && audience === 'channel');
  return code(hidden ? MASK : (text ?? ''), MAX_VALUE_LENGTH);
}

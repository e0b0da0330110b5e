import { Colors } from 'discord.js';

import type { Change } from '../../config/index.js';
import type { RecordedChange, ReloadRecord } from '../history/reload-record.js';
import { code, fitLines, inert, LIMITS, relativeTime } from '../replies/markdown.js';
import type { Reply } from '../replies/reply.js';
import { changeLines } from './change-lines.js';
import { shownName } from './entry-lines.js';
import type { Audience } from './setting-view.js';
import type { ShownConfig } from './shown-config.js';

const SIGNS = { applied: '✅', unchanged: '▫️', rejected: '❌' } as const;

/** What became of these reloads, the newest first; of one key, only what changed of that. */
export function historyReply(
  records: readonly ReloadRecord[],
  key: string | null,
  audience: Audience,
  config: ShownConfig,
): Reply {
  const name = key === null ? null : shownName(key, config);
  if (records.length === 0)
    return {
      lines: [`📜 The history holds no reload${name === null ? '' : ` that changed ${code(name)}`}.`],
    };
  const about = name === null ? '' : ` of ${inert(name)}`;
  return {
    embed: { title: fitLines([`Configuration history${about}`], LIMITS.title), color: Colors.Blurple },
    lines: records.flatMap((record) => recordLines(record, key, audience, config)),
  };
}

function recordLines(
  { at, lastAt, times, outcome, triggers, before, after, faults, changes }: ReloadRecord,
  key: string | null,
  audience: Audience,
  config: ShownConfig,
): string[] {
  const often = times === 1 ? '' : ` · ${String(times)} times, first ${relativeTime(at)}`;
  const versions = before === after ? code(after) : `${code(before)} → ${code(after)}`;
  const asked = inert(config.mask(triggers));
  const shown = changes.filter((change) => key === null || change.key === key);
  return [
    `${SIGNS[outcome]} **${outcome}** ${relativeTime(lastAt)} · ${asked} · ${versions}${often}`,
    ...faults.map((fault) => `• ${inert(config.mask(fault))}`),
    ...changeLines(diffOf(shown, config), audience).map((line) => config.mask(line)),
  ];
}

function diffOf(changes: readonly RecordedChange[], config: ShownConfig) {
  const diff: Record<RecordedChange['kind'], Change[]> = { added: [], removed: [], modified: [] };
  for (const { kind, key, declared, before, after, sensitive } of changes) {
    const isSecret = sensitive || isSecretNow(key, config);
    diff[kind].push({ key, declared, before, after, sensitive: isSecret, fallback: null });
  }
  return diff;
}

/** What was shown once may have been declared a secret since. */
function isSecretNow(key: string, { live }: ShownConfig): boolean {
  return live.current.entries.get(key)?.sensitive ?? live.definitions.get(key)?.secret ?? false;
}

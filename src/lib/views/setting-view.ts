import { type APIEmbedField, Colors } from 'discord.js';

import { describeTrigger, MASK, meantKey } from '../../config/index.js';
import { code, fitLines, inert, LIMITS, relativeTime } from '../replies/markdown.js';
import type { Reply } from '../replies/reply.js';
import { field, originOf, shownName } from './entry-lines.js';
import type { ShownConfig } from './shown-config.js';

/** Who can read the answer: only the asker, or everybody in the channel. */
export type Audience = 'asker' | 'channel';

/** Everything there is to say about one key. */
export function settingReply(config: ShownConfig, key: string, audience: Audience): Reply {
  const entry = config.live.current.entries.get(key);
  const name = shownName(key, config);
  if (entry === undefined) {
    const meant = meantKey(key, config.live.definitions);
    const hint = meant === null ? '.' : `: did you mean ${code(meant)}?`;
    return { lines: [`❓ There is no setting ${code(name)}${hint} \`/config-help\` lists them.`] };
  }
  const { live } = config;
  const definition = config.live.definitions.get(key);
  // Nobody has declared an extra harmless: not for a channel.
  const hidden = audience === 'channel' && definition === undefined;
  const change = live.lastChange(key);
  const fields: APIEmbedField[] = [
    field('Value', hidden ? MASK : code(config.mask(entry.shown))),
    field('Origin', originOf(entry)),
    field('Shadows', entry.shadowsEnvironment ? 'the value in the process environment' : 'nothing'),
  ];
  if (definition !== undefined) {
    fields.push(
      field('Default', definition.fallback === null ? 'none (required)' : code(definition.fallback.text)),
      field('Takes effect', definition.takesEffect === 'restart' ? 'after a restart' : 'immediately'),
    );
  }
  fields.push(
    field(
      'Last change',
      change === undefined
        ? 'not since the bot started'
        : `${relativeTime(change.at)} by ${inert([...new Set(change.triggers.map(describeTrigger))].join(', '))}`,
    ),
  );
  return {
    embed: {
      title: fitLines([inert(name)], LIMITS.title),
      color: Colors.Blurple,
      fields,
    },
    lines: [definition?.description ?? 'An extra: a key in the file that this bot does not know.'],
  };
}

/** The keys of the configuration that fit what was typed so far. */
export function matchingKeys(config: ShownConfig, typed: string): string[] {
  return fittingKeys(
    [...config.live.current.entries].map(({ key }) => key),
    config,
    typed,
  );
}

/** The keys that start with, or else contain, what was typed so far; names that are or look like secrets are left out. */
export function fittingKeys(all: readonly string[], config: ShownConfig, typed: string): string[] {
  const wanted = typed.toUpperCase();
  const fitting = all.filter(
    (key) =>
      key.length <= LIMITS.choice && key.toUpperCase().includes(wanted) && shownName(key, config) === key,
  );
  const starting = fitting.filter((key) => key.toUpperCase().startsWith(wanted));
  return [...new Set([...starting, ...fitting])].slice(0, LIMITS.choices);
}

import { type APIEmbedField, Colors } from 'discord.js';

import {
  describeTrigger,
  describeWarning,
  type Entry,
  MASK,
  meantKey,
  nameOf,
  type Outcome,
} from '../../config/index.js';
import { code, fitLines, inert, LIMITS, relativeTime } from '../replies/markdown.js';
import type { Reply } from '../replies/reply.js';
import type { ShownConfig } from './shown-config.js';

/** Who can read the answer: only the asker, or everybody in the channel. */
export type Audience = 'asker' | 'channel';

/** The state of the whole configuration. */
export function statusReply(config: ShownConfig, readySince: number | null): Reply {
  const { live } = config;
  const entries = [...live.current.entries];
  const extras = entries.filter(({ declared }) => !declared);
  const shown = entries.filter((entry) => entry.declared && !entry.sensitive);
  const last = live.history.at(-1);
  const fields: APIEmbedField[] = [
    field('🔖 Version', code(live.current.version)),
    field('⚙️ Settings', `${String(entries.length - extras.length)} (and ${String(extras.length)} extra)`),
    field('🔄 Last refresh', last === undefined ? 'none' : lastRefresh(last)),
    field('👀 Watch', watchLine(config)),
    field('⏱️ Up since', readySince === null ? 'not ready' : relativeTime(readySince)),
    field('♻️ Restart needed', live.restartPending.map((key) => code(key)).join(', ') || 'no'),
    {
      name: '⚠️ Warnings',
      value:
        fitLines(
          live.warnings.map((warning) => inert(config.mask(describeWarning(warning)))),
          LIMITS.fieldValue,
        ) || 'none',
    },
  ];
  return {
    embed: {
      title: 'Configuration status',
      color: Colors.Blurple,
      fields,
    },
    lines: shown.map((entry) => settingLine(entry, config)),
  };
}

/** Everything there is to say about one key. */
export function settingReply(config: ShownConfig, key: string, audience: Audience): Reply {
  const entry = config.live.current.entries.get(key);
  const name = config.mask(nameOf(key, config.live.definitions));
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

/** The keys that start with, or else contain, what was typed so far; names that are or look like secrets are left out. */
export function matchingKeys(config: ShownConfig, typed: string): string[] {
  const wanted = typed.toUpperCase();
  const keys = [...config.live.current.entries]
    .map(({ key }) => key)
    .filter((key) => config.mask(nameOf(key, config.live.definitions)) === key);
  const fitting = keys.filter((key) => key.length <= LIMITS.choice && key.toUpperCase().includes(wanted));
  const starting = fitting.filter((key) => key.toUpperCase().startsWith(wanted));
  return [...new Set([...starting, ...fitting])].slice(0, LIMITS.choices);
}

/** Masked before it is escaped or cut: what is left of a secret then is no longer recognised. */
function settingLine(entry: Entry, config: ShownConfig): string {
  return `${code(entry.key)} = ${code(config.mask(entry.shown))} · ${originOf(entry)}`;
}

function originOf({ origin }: Entry): string {
  return origin.kind === 'file' ? `file, line ${String(origin.line)}` : origin.kind;
}

function lastRefresh({ at, triggers: [trigger], kind }: Outcome): string {
  return `${relativeTime(at)}\n${inert(describeTrigger(trigger))}: ${kind}`;
}

function watchLine({ live: { watch, settings } }: ShownConfig): string {
  return `${watch.running ? watch.state : 'not started'}, every ${String(settings.CONFIG_POLL_INTERVAL_MS)} ms`;
}

function field(name: string, value: string): APIEmbedField {
  return { name, value: value.slice(0, LIMITS.fieldValue), inline: true };
}

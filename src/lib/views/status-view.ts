import type { APIEmbedField } from 'discord.js';

import {
  describeTrigger,
  describeWarning,
  type Entry,
  MASK,
  meantKey,
  nameOf,
  type Outcome,
  type SettingDefinition,
  type SettingDefinitions,
} from '../../config/index.js';
import type { ConfigService } from '../../services/config.js';
import { code, fitLines, inert, LIMITS, relativeTime } from '../replies/markdown.js';
import type { Reply } from '../replies/replies.js';

/** Who will be able to read the answer: only who asked, or everybody in the channel. */
export type Audience = 'asker' | 'channel';

const BLURPLE = 0x58_65_f2;

/** Leaves room for the names of the fields and the title in the 6000 characters of an embed. */
const MAX_SETTINGS_LENGTH = 2800;

/** The state of the whole configuration. */
export function statusReply(config: ConfigService, readySince: number | null): Reply {
  const { live, current } = config;
  const mask = maskOf(config);
  const entries = [...current.entries];
  const extras = entries.filter(({ declared }) => !declared);
  const shown = entries.filter((entry) => entry.declared && !entry.sensitive);
  const last = live.history.findLast(({ dryRun }) => !dryRun);
  const fields: APIEmbedField[] = [
    field('🔖 Version', code(current.version)),
    field('⚙️ Settings', `${String(entries.length - extras.length)} (and ${String(extras.length)} extra)`),
    field('🔄 Last refresh', last === undefined ? 'none' : lastRefresh(last)),
    field('👀 Watch', watchLine(config)),
    field('⏱️ Up since', readySince === null ? 'not ready' : relativeTime(readySince)),
    field('♻️ Restart needed', live.restartPending.map((key) => code(key)).join(', ') || 'no'),
    {
      name: '⚠️ Warnings',
      value:
        fitLines(
          live.warnings.map((warning) => inert(mask(describeWarning(warning)))),
          LIMITS.fieldValue,
        ) || 'none',
    },
  ];
  return {
    embed: {
      title: 'Configuration status',
      color: BLURPLE,
      description: fitLines(
        shown.map((entry) => settingLine(entry, mask)),
        MAX_SETTINGS_LENGTH,
      ),
      fields,
    },
  };
}

/** Everything there is to say about one key. */
export function settingReply(config: ConfigService, key: string, audience: Audience): Reply {
  const entry = config.current.entries.get(key);
  const mask = maskOf(config);
  const name = mask(nameOf(key));
  if (entry === undefined) {
    const meant = meantKey(key, config.live.definitions);
    const hint = meant === null ? '.' : `: did you mean ${code(meant)}?`;
    return { lines: [`❓ There is no setting ${code(name)}${hint} \`/config-help\` lists them.`] };
  }
  const { live } = config;
  const definition = definitionOf(config, key);
  // Somebody chose to carry an extra, nobody declared it harmless: not for a channel.
  const hidden = audience === 'channel' && definition === undefined;
  const change = live.lastChange(key);
  const fields: APIEmbedField[] = [
    field('Value', hidden ? MASK : code(mask(entry.shown))),
    field('Origin', originOf(entry)),
    field('Shadows', entry.shadowsEnvironment ? 'the value of the process environment' : 'nothing'),
  ];
  if (definition !== undefined) {
    fields.push(
      field('Default', definition.default === undefined ? 'none, it is required' : code(definition.default)),
      field('Takes effect', definition.takesEffect === 'restart' ? 'after a restart' : 'at once'),
    );
  }
  fields.push(
    field(
      'Last change',
      change === undefined
        ? 'not since the start'
        : `${relativeTime(change.at)} by ${inert(describeTrigger(change.trigger))}`,
    ),
  );
  return {
    embed: {
      title: fitLines([inert(name)], LIMITS.title),
      color: BLURPLE,
      description: definition?.description ?? 'An extra: a key of the file that this bot does not know.',
      fields,
    },
  };
}

/** The keys that start with, or else contain, what was typed so far; names that are or look like secrets are left out. */
export function matchingKeys(config: ConfigService, typed: string): string[] {
  const wanted = typed.toUpperCase();
  const mask = maskOf(config);
  const keys = [...config.current.entries].map(({ key }) => key).filter((key) => mask(nameOf(key)) === key);
  const fitting = keys.filter((key) => key.length <= LIMITS.choice && key.toUpperCase().includes(wanted));
  const starting = fitting.filter((key) => key.toUpperCase().startsWith(wanted));
  return [...new Set([...starting, ...fitting])].slice(0, LIMITS.choices);
}

function definitionOf({ live }: ConfigService, key: string): SettingDefinition | undefined {
  const definitions: SettingDefinitions = live.definitions;
  return Object.hasOwn(definitions, key) ? definitions[key] : undefined;
}

/** Asked before a text is escaped or cut: what is left of a secret then is not known any more. */
function maskOf({ live }: ConfigService): (text: string) => string {
  return (text) => live.masker.mask(text);
}

function settingLine(entry: Entry, mask: (text: string) => string): string {
  return `${code(entry.key)} = ${code(mask(entry.shown))} · ${originOf(entry)}`;
}

function originOf({ origin }: Entry): string {
  return origin.kind === 'file' ? `file, line ${String(origin.line)}` : origin.kind;
}

function lastRefresh({ at, triggers: [trigger], kind }: Outcome): string {
  return `${relativeTime(at)}\n${inert(describeTrigger(trigger))}: ${kind}`;
}

function watchLine({ watchState, settings }: ConfigService): string {
  return `${watchState ?? 'not started'}, every ${String(settings.CONFIG_POLL_INTERVAL_MS)} ms`;
}

function field(name: string, value: string): APIEmbedField {
  return { name, value: value.slice(0, LIMITS.fieldValue), inline: true };
}

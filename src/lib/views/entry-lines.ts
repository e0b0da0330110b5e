import type { APIEmbedField } from 'discord.js';

import { type Entry, nameOf } from '../../config/index.js';
import { code, LIMITS } from '../replies/markdown.js';
import type { ShownConfig } from './shown-config.js';

/** The name of a key as it may be shown: somebody may have pasted a token where a key belongs. */
export function shownName(key: string, config: ShownConfig): string {
  return config.mask(nameOf(key, config.live.definitions));
}

export function originOf({ origin }: Entry): string {
  return origin.kind === 'file' ? `file, line ${String(origin.line)}` : origin.kind;
}

/** A setting with its value; of a secret only whether it is set. */
export function settingLine(entry: Entry, config: ShownConfig): string {
  const { key, text } = entry;
  if (config.live.definitions.get(key)?.secret === true)
    return `${code(key)} ${text === '' ? 'not set' : `set · ${originOf(entry)}`}`;
  // Masked before it is escaped or cut: what is left of a secret then is no longer recognised.
  return `${code(key)} = ${code(config.mask(entry.shown))} · ${originOf(entry)}`;
}

/** An extra by its name: nobody has declared its value harmless. */
export function extraLine(entry: Entry, config: ShownConfig): string {
  return `${code(shownName(entry.key, config))} · ${originOf(entry)}`;
}

export function field(name: string, value: string): APIEmbedField {
  return { name, value: value.slice(0, LIMITS.fieldValue), inline: true };
}

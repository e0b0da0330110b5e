import { ApplicationCommandOptionType } from 'discord-api-types/v10';

import type { PromptOption } from './arguments.js';
import { PEOPLE, WORDS } from './command.js';

/** What a line may be completed with. */
interface Known {
  /** The slash commands of the bot. */
  readonly commands: readonly { readonly name: string; readonly options?: readonly PromptOption[] }[];
  readonly prefix: string;
  /** The commands that the bot answers in messages as well. */
  readonly prefixed: readonly string[];
  /** The name of the bot. */
  readonly bot: string;
  /** The settings. */
  readonly keys: readonly string[];
}

const { Boolean: Flag, Subcommand } = ApplicationCommandOptionType;

/** Words that say nothing alone: a space follows. */
const OPEN = new Set(['as', 'say', 'set', 'unset']);

/** The option of the bot's commands that names a setting. */
const SETTING = 'setting';

/** What the last word of a line may become, and that word, as `readline` wants them for the Tab key. */
export function completionsOf(line: string, known: Known): [completions: string[], word: string] {
  const [, head = '', last = ''] = /^(.*\s)?(\S*)$/s.exec(line) ?? [];
  const words = head.split(/\s+/).filter(Boolean);
  return [candidatesAfter(words, known, last).filter((candidate) => candidate.startsWith(last)), last];
}

function candidatesAfter(words: readonly string[], known: Known, last: string): string[] {
  const [first, ...rest] = words;
  if (first === undefined) {
    const own = WORDS.map((word) => (OPEN.has(word) ? `${word} ` : word));
    return [...own, ...messageStarts(known)];
  }
  if (first === 'as') {
    const [who, ...said] = rest;
    if (who === undefined) return Object.keys(PEOPLE).map((person) => `${person} `);
    return said.length === 0 ? messageStarts(known) : afterCommand(said, known, last);
  }
  if (first === 'set') return rest.length === 0 ? known.keys.map((key) => `${key}=`) : [];
  if (first === 'unset') return rest.length === 0 ? [...known.keys] : [];
  return afterCommand(words, known, last);
}

/** What a message or a slash command begins with. */
function messageStarts({ commands, prefix, prefixed, bot }: Known): string[] {
  return [...commands.map(({ name }) => `/${name}`), ...prefixed.map((name) => prefix + name), `@${bot} `];
}

function afterCommand([first = '', ...rest]: readonly string[], known: Known, last: string): string[] {
  if (first === `${known.prefix}config-status`) return rest.length === 0 ? [...known.keys] : [];
  const command = known.commands.find(({ name }) => first === `/${name}`);
  const { options = [] } = command ?? {};
  const subcommands = options.filter(({ type }) => type === Subcommand);
  if (subcommands.length === 0) return optionWords(options, rest, known, last);
  const [sub, ...given] = rest;
  const chosen = subcommands.find(({ name }) => name === sub);
  return chosen
    ? optionWords(chosen.options ?? [], given, known, last)
    : subcommands.filter(() => sub === undefined).map(({ name }) => name);
}

/** The options that have not been given yet, and the values of the one that is being typed. */
function optionWords(
  options: readonly PromptOption[],
  given: readonly string[],
  { keys }: Known,
  last: string,
): string[] {
  const used = new Set(given.map((word) => word.split(':')[0]));
  const valuesOf = ({ name, choices = [] }: PromptOption): string[] =>
    name === SETTING ? [...keys] : choices.map(({ value }) => String(value));
  return options.flatMap((option) => {
    const { name, type } = option;
    if (used.has(name)) return [];
    if (last.startsWith(`${name}:`)) return valuesOf(option).map((value) => `${name}:${value}`);
    if (type === Flag) return [name];
    // The bare value of the first text will do.
    return name === SETTING && given.length === 0 ? [`${name}:`, ...keys] : [`${name}:`];
  });
}

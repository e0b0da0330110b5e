import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { OptionValues } from 'loopback-discord';

/** Who a line is written as. */
export type Person = 'alice' | 'bob';

/** What a line at the prompt asks for. */
export type PromptCommand =
  | { readonly kind: 'slash'; readonly as: Person; readonly command: string; readonly words: string }
  | { readonly kind: 'say'; readonly as: Person; readonly content: string }
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'unset'; readonly key: string }
  | { readonly kind: 'log'; readonly lines: number }
  | { readonly kind: 'help' | 'hup' | 'nothing' | 'quit' | 'show' }
  | { readonly kind: 'mistake'; readonly advice: string };

/** The part of a registered option that a line can fill. */
export interface PromptOption {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  /** Of a subcommand. */
  readonly options?: readonly PromptOption[];
}

/** A slash command, filled. */
export interface FilledCommand {
  /** The subcommands on the way. */
  readonly path: readonly string[];
  readonly values: OptionValues;
}

const DEFAULT_LOG_LINES = 20;

const PEOPLE: Readonly<Record<string, Person>> = {
  admin: 'alice',
  alice: 'alice',
  member: 'bob',
  bob: 'bob',
};

const WORDS = ['as', 'exit', 'help', 'hup', 'log', 'quit', 'say', 'set', 'show', 'unset'];

/** Reads a line at the prompt; `prefix` is what the bot's commands in messages start with. Never throws. */
export function parsePromptLine(line: string, prefix: string): PromptCommand {
  const text = line.trim();
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  switch (word.toLowerCase()) {
    case '':
      return { kind: 'nothing' };
    case 'help':
    case 'hup':
    case 'quit':
    case 'show':
      return rest === '' ? { kind: assumeBare(word) } : mistake(`"${word.toLowerCase()}" stands alone.`);
    case 'exit':
      return { kind: 'quit' };
    case 'as':
      return parseAs(rest, prefix);
    case 'say':
      return rest === ''
        ? mistake('Say what? For example: say hello')
        : { kind: 'say', as: 'alice', content: rest };
    case 'set':
      return parseSet(rest);
    case 'unset':
      return /^\S+$/.test(rest) ? { kind: 'unset', key: rest } : mistake('For example: unset BOT_ACTIVITY');
    case 'log':
      return /^\d{0,5}$/.test(rest)
        ? { kind: 'log', lines: rest === '' ? DEFAULT_LOG_LINES : Number(rest) }
        : mistake('For example: log 50');
    default:
      return parseDiscord(text, 'alice', prefix) ?? mistake(adviceFor(word));
  }
}

/** What can be typed next, for the Tab key: whole lines that begin with what stands there. */
export function completionsOf(line: string, commands: readonly string[], keys: readonly string[]): string[] {
  const status = keys.map((key) => `/config-status ${key}`);
  const edits = keys.flatMap((key) => [`set ${key}=`, `unset ${key}`]);
  const names = commands.map((name) => `/${name}`);
  const all = [
    ...names,
    ...status,
    ...edits,
    'as member ',
    ...WORDS.filter((word) => !/^(?:as|exit|set|unset)$/.test(word)),
  ];
  return all.filter((candidate) => candidate.startsWith(line));
}

/**
 * Fills a slash command from the words after it: its subcommand first, then `name:value`, the bare name of a yes-or-no option, and
 * anything else into the first text option that is free. Throws with advice when a word fits nowhere.
 */
export function fillFromWords(words: string, options: readonly PromptOption[]): FilledCommand {
  const subcommands = options.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
  if (subcommands.length === 0) return { path: [], values: fillOptions(words, options) };
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(words.trim()) ?? [];
  const found = subcommands.find(({ name }) => name === word);
  if (found === undefined)
    throw new Error(`This command needs one of its subcommands: ${namesOf(subcommands)}`);
  return { path: [found.name], values: fillOptions(rest, found.options ?? []) };
}

function fillOptions(words: string, options: readonly PromptOption[]): OptionValues {
  const values: Record<string, boolean | number | string> = {};
  const loose: string[] = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const [, name = word.replace(/^--/, ''), text] = /^(?:--)?([\w-]+)[:=](.*)$/s.exec(word) ?? [];
    const option = options.find(
      (candidate) => candidate.name === name.replaceAll('-', '_') || candidate.name === name,
    );
    if (option === undefined) loose.push(word);
    else if (option.type === ApplicationCommandOptionType.Boolean)
      values[option.name] = !/^(?:false|no|0)$/i.test(text ?? 'true');
    else if (text === undefined) loose.push(word);
    else values[option.name] = option.type === ApplicationCommandOptionType.String ? text : Number(text);
  }
  if (loose.length === 0) return values;
  const free = options.find(
    ({ name, type }) => type === ApplicationCommandOptionType.String && values[name] === undefined,
  );
  if (free === undefined)
    throw new Error(
      `"${loose.join(' ')}" fits no option of this command; its options: ${namesOf(options) || 'none'}`,
    );
  return { ...values, [free.name]: loose.join(' ') };
}

function namesOf(options: readonly PromptOption[]): string {
  return options.map(({ name }) => name).join(', ');
}

function parseDiscord(text: string, as: Person, prefix: string): PromptCommand | undefined {
  const [, command, words = ''] = /^\/([\w-]+)\s*(.*)$/s.exec(text) ?? [];
  if (command !== undefined) return { kind: 'slash', as, command, words };
  if (text.startsWith(prefix) || text.startsWith('!')) return { kind: 'say', as, content: text };
  return undefined;
}

function parseAs(rest: string, prefix: string): PromptCommand {
  const [, who = '', text = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
  const as = PEOPLE[who.toLowerCase()];
  if (as === undefined || text === '') return mistake('For example: as member /reload-config');
  const content = text.replace(/^say\s+/, '');
  return parseDiscord(content, as, prefix) ?? { kind: 'say', as, content };
}

function parseSet(rest: string): PromptCommand {
  const [, key, value = ''] = /^([^\s=]+)\s*=\s*(.*)$/s.exec(rest) ?? [];
  if (key === undefined) return mistake('For example: set BOT_ACTIVITY=a walk in the park');
  const [, , inner] = /^(["'`])(.*)\1$/s.exec(value) ?? [];
  return { kind: 'set', key, value: inner ?? value };
}

function assumeBare(word: string): 'help' | 'hup' | 'quit' | 'show' {
  const lower = word.toLowerCase();
  return lower === 'help' || lower === 'hup' || lower === 'quit' ? lower : 'show';
}

function adviceFor(word: string): string {
  if (/^[A-Z_][A-Z0-9_]*=/i.test(word)) return `To change the file: set ${word.split('=')[0] ?? ''}=…`;
  const near = WORDS.find(
    (known) => known.startsWith(word.toLowerCase()) || word.toLowerCase().startsWith(known),
  );
  const guess = near === undefined ? '' : ` Did you mean "${near}"?`;
  return `"${word}" is nothing this prompt knows.${guess} "help" lists what it does; "say …" writes a message.`;
}

function mistake(advice: string): PromptCommand {
  return { kind: 'mistake', advice };
}

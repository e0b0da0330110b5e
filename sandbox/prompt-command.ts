import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { closest, distance } from 'fastest-levenshtein';
import type { OptionValues } from 'loopback-discord';

/** The user who runs a command. */
type Person = 'alice' | 'bob';

/** A parsed line of the prompt. */
export type PromptCommand =
  | { readonly kind: 'slash'; readonly as: Person; readonly command: string; readonly words: string }
  | { readonly kind: 'say'; readonly as: Person; readonly content: string }
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'unset'; readonly key: string }
  | { readonly kind: 'log'; readonly lines: number }
  | { readonly kind: 'help' | 'hup' | 'nothing' | 'quit' | 'show' }
  | { readonly kind: 'mistake'; readonly advice: string };

/** An option of a registered slash command, as far as the prompt needs it. */
interface PromptOption {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  /** The options of a subcommand. */
  readonly options?: readonly PromptOption[];
}

/** The arguments of a slash command. */
interface CommandArguments {
  /** The subcommand, if any. */
  readonly path: readonly string[];
  readonly values: OptionValues;
}

const DEFAULT_LOG_LINES = 20;

/** How many characters of a command may be wrong for it to be suggested. */
const MAX_TYPOS = 2;

const PEOPLE: Readonly<Record<string, Person>> = {
  admin: 'alice',
  alice: 'alice',
  member: 'bob',
  bob: 'bob',
};

const WORDS = ['as', 'exit', 'help', 'hup', 'log', 'quit', 'say', 'set', 'show', 'unset'];

/** Parses a line; `prefix` is what commands in messages start with. Never throws. */
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
      return rest === ''
        ? { kind: assumeBare(word) }
        : mistake(`"${word.toLowerCase()}" takes no arguments.`);
    case 'exit':
      return { kind: 'quit' };
    case 'as':
      return parseAs(rest, prefix);
    case 'say':
      return rest === '' ? mistake('For example: say hello') : { kind: 'say', as: 'alice', content: rest };
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

/** Complete lines that begin with this one, for the Tab key. */
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
 * Parses the arguments of a slash command: its subcommand first, then `name:value` or the bare name of a boolean option;
 * anything else goes into the first unused text option. @throws with advice if a word fits nowhere.
 */
export function parseArguments(words: string, options: readonly PromptOption[]): CommandArguments {
  const subcommands = options.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
  if (subcommands.length === 0) return { path: [], values: fillOptions(words, options) };
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(words.trim()) ?? [];
  const found = subcommands.find(({ name }) => name === word);
  if (found === undefined) throw new Error(`This command needs a subcommand: ${namesOf(subcommands)}`);
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
      `"${loose.join(' ')}" is not an option of this command. Its options: ${namesOf(options) || 'none'}`,
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
  const near = closest(word.toLowerCase(), WORDS);
  const isTypo = distance(word.toLowerCase(), near) <= MAX_TYPOS;
  return `Unknown command "${word}". ${isTypo ? `Did you mean "${near}"?` : 'Type "help" for a list.'}`;
}

function mistake(advice: string): PromptCommand {
  return { kind: 'mistake', advice };
}

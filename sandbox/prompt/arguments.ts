import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { OptionValues } from 'loopback-discord';

/** An option of a registered slash command, as far as the prompt needs it. */
export interface PromptOption {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  readonly choices?: readonly { readonly value: number | string }[];
  /** The options of a subcommand. */
  readonly options?: readonly PromptOption[];
}

/** The arguments of a slash command. */
interface CommandArguments {
  /** The subcommand, if any. */
  readonly path: readonly string[];
  readonly values: OptionValues;
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

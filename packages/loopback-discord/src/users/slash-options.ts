import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
} from 'discord-api-types/v10';

export type OptionValue = boolean | number | string;
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** An option as an interaction carries it. */
export interface WireOption {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  readonly value?: OptionValue;
  readonly focused?: true;
  readonly options?: readonly WireOption[];
}

/** The type that each kind of value has to have. */
const VALUE_TYPES: Partial<Record<ApplicationCommandOptionType, 'boolean' | 'number' | 'string'>> = {
  [ApplicationCommandOptionType.String]: 'string',
  [ApplicationCommandOptionType.Integer]: 'number',
  [ApplicationCommandOptionType.Number]: 'number',
  [ApplicationCommandOptionType.Boolean]: 'boolean',
  // The id of what was uploaded.
  [ApplicationCommandOptionType.Attachment]: 'string',
};

/**
 * Fills a command's options as Discord's client does, and throws where a user could not have: an unknown option, a
 * wrong type, a value outside of the choices or limits, a required option left out. `focused` is the option being
 * typed for an autocomplete, which may be anything, and excuses what is missing.
 */
export function fillOptions(
  command: APIApplicationCommand,
  path: readonly string[],
  values: OptionValues,
  focused?: string,
): readonly WireOption[] {
  return fill(command.name, command.options ?? [], path, values, focused);
}

function fill(
  title: string,
  declared: readonly APIApplicationCommandOption[],
  path: readonly string[],
  values: OptionValues,
  focused: string | undefined,
): readonly WireOption[] {
  const [step, ...rest] = path;
  if (step !== undefined) {
    const found = declared.find(({ name }) => name === step);
    if (
      found?.type !== ApplicationCommandOptionType.Subcommand &&
      found?.type !== ApplicationCommandOptionType.SubcommandGroup
    )
      throw new Error(`/${title} has no subcommand "${step}"`);
    return [
      {
        name: step,
        type: found.type,
        options: fill(`${title} ${step}`, found.options ?? [], rest, values, focused),
      },
    ];
  }
  for (const name of Object.keys(values))
    if (!declared.some((option) => option.name === name))
      throw new Error(`/${title} has no option "${name}"`);
  return declared.flatMap((option) => {
    if (
      option.type === ApplicationCommandOptionType.Subcommand ||
      option.type === ApplicationCommandOptionType.SubcommandGroup
    )
      throw new Error(`/${title} needs one of its subcommands`);
    const value = values[option.name];
    if (option.name === focused) {
      if (!('autocomplete' in option) || !option.autocomplete)
        throw new Error(`/${title} does not complete "${focused}"`);
      return [{ name: option.name, type: option.type, value: value ?? '', focused: true as const }];
    }
    if (value === undefined) {
      if (option.required === true && focused === undefined)
        throw new Error(`/${title} requires "${option.name}"`);
      return [];
    }
    const fault = faultOf(option, value);
    if (fault) throw new Error(`/${title} refuses "${option.name}": ${fault}`);
    return [{ name: option.name, type: option.type, value }];
  });
}

function faultOf(option: APIApplicationCommandBasicOption, value: OptionValue): string | undefined {
  const type = VALUE_TYPES[option.type];
  if (type === undefined) return `options of type ${option.type} are not supported here`;
  if (typeof value !== type) return `not a ${type}`;
  if (option.type === ApplicationCommandOptionType.Integer && !Number.isInteger(value))
    return 'not a whole number';
  if (
    'choices' in option &&
    option.choices?.length &&
    !option.choices.some((choice) => choice.value === value)
  )
    return 'none of its choices';
  const size = typeof value === 'string' ? value.length : Number(value);
  const { min, max } = limitsOf(option);
  return size < min || size > max ? `not between ${min} and ${max}` : undefined;
}

function limitsOf(option: APIApplicationCommandBasicOption): { min: number; max: number } {
  if (option.type === ApplicationCommandOptionType.String)
    return { min: option.min_length ?? 0, max: option.max_length ?? 6000 };
  if (
    option.type === ApplicationCommandOptionType.Integer ||
    option.type === ApplicationCommandOptionType.Number
  )
    return {
      min: ('min_value' in option ? option.min_value : undefined) ?? -(2 ** 53),
      max: ('max_value' in option ? option.max_value : undefined) ?? 2 ** 53,
    };
  return { min: 0, max: Infinity };
}

import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';

import { channelTypes } from './channel-types.js';
import {
  all,
  byType,
  dictionary,
  flag,
  ignored,
  integer,
  list,
  number,
  object,
  optional,
  rule,
  text,
} from './shape.js';
import type { Shape } from './shape.js';

const Type = ApplicationCommandOptionType;
const MAX_ITEMS = 25;
const MAX_CHOICE = 100;
const MAX_LENGTH = 6000;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** The name of a slash command or of an option. */
export const commandName: Shape = (problems, at, name) => {
  if (typeof name !== 'string' || !NAME.test(name) || name !== name.toLowerCase())
    problems.add(at, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
};

export const description = text(1, 100);

/** Names and descriptions in other languages. */
export const localizations = {
  name_localizations: optional(dictionary(text(1, 32))),
  description_localizations: optional(dictionary(text(1, 100))),
};

function choicesOf(value: Shape): Shape {
  const choice = object({
    name: text(1, MAX_CHOICE),
    name_localizations: optional(dictionary(text(1, 100))),
    value,
  });
  return list(choice, 0, MAX_ITEMS);
}

const int53 = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
const choiceText = text(0, MAX_CHOICE);

const VALUES: Partial<Record<ApplicationCommandOptionType, Shape>> = {
  [Type.String]: choiceText,
  [Type.Integer]: int53,
  [Type.Number]: number,
};

/** What a bot may offer for an option of that type while a user types. */
export function suggestionsFor(type: ApplicationCommandOptionType): Shape {
  return optional(choicesOf(VALUES[type] ?? choiceText));
}

const base = {
  type: ignored,
  name: commandName,
  description,
  ...localizations,
  required: optional(flag),
};
const plain = object(base);

function suggesting(value: Shape, limits: Readonly<Record<string, Shape>>): Shape {
  return all(
    object({ ...base, autocomplete: optional(flag), choices: optional(choicesOf(value)), ...limits }),
    rule((problems, at, { autocomplete, choices }) => {
      if (autocomplete === true && Array.isArray(choices) && choices.length > 0)
        problems.add(
          [...at, 'autocomplete'],
          'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID',
          'Autocomplete and choices exclude each other',
        );
    }),
  );
}

const basic = {
  [Type.String]: suggesting(choiceText, {
    min_length: optional(integer(0, MAX_LENGTH)),
    max_length: optional(integer(1, MAX_LENGTH)),
  }),
  [Type.Integer]: suggesting(int53, { min_value: optional(int53), max_value: optional(int53) }),
  [Type.Number]: suggesting(number, { min_value: optional(number), max_value: optional(number) }),
  [Type.Boolean]: plain,
  [Type.User]: plain,
  [Type.Role]: plain,
  [Type.Mentionable]: plain,
  [Type.Attachment]: object({ ...base, file_types: optional(list(text(1, 16), 0, 10)) }),
  [Type.Channel]: object({ ...base, channel_types: optional(channelTypes) }),
};

/** Names stand once, required options first, and subcommands not beside other options. */
const order: Shape = (problems, at, value) => {
  if (!Array.isArray(value)) return;
  const names = new Set<unknown>();
  let previous: unknown;
  for (const [index, each] of value.entries()) {
    const { name, type, required = false } = asRecord(each) ?? {};
    const refuse = (field: string, code: string, message: string): void =>
      problems.add([...at, index, field], `APPLICATION_COMMAND_OPTIONS_${code}`, message);
    if (names.has(name)) refuse('name', 'NAME_ALREADY_EXISTS', 'Option name already exists');
    names.add(name);
    if (required === true && previous === false)
      refuse('required', 'REQUIRED_INVALID', 'Required options must be placed before non-required options');
    if (isGroup(type) !== isGroup(asRecord(value[0])?.['type']))
      refuse('type', 'TYPE_INVALID', 'Sub-command and sub-command group option types are mutually exclusive');
    previous = required;
  }
};

function optionsOf(kinds: Readonly<Record<number, Shape>>): Shape {
  return optional(all(list(byType(kinds), 0, MAX_ITEMS), order));
}

const subcommand = object({ ...base, options: optionsOf(basic) });
const group = object({ ...base, options: optionsOf({ [Type.Subcommand]: subcommand }) });

/** The options of a slash command: a group holds subcommands, a subcommand holds what is neither. */
export const commandOptions = optionsOf({
  ...basic,
  [Type.Subcommand]: subcommand,
  [Type.SubcommandGroup]: group,
});

function isGroup(type: unknown): boolean {
  return type === Type.Subcommand || type === Type.SubcommandGroup;
}

import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { asRecord, assume } from 'loopback-kit';

import { ApiError } from '../errors/api-error.js';
import { Problems } from '../errors/problems.js';

type Path = readonly (string | number)[];

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MAX_COMMANDS = 100;
const MAX_DESCRIPTION = 100;
const MAX_ITEMS = 25;
const MAX_CHOICE = 100;

const { String: STRING, Integer, Number: NUMBER, Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
const TYPES = new Set<unknown>(Object.values(ApplicationCommandOptionType).filter(Number.isInteger));

/** Refuses a list of commands as Discord does; what it returns may be kept. */
export function checkCommands(body: unknown): RESTPostAPIApplicationCommandsJSONBody[] {
  if (!Array.isArray(body))
    throw new ApiError(400, 50_109, 'The request body contains invalid JSON.', 'invalid-body');
  const problems = new Problems();
  if (body.length > MAX_COMMANDS)
    problems.add([], 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_COMMANDS} or fewer in length.`);
  const seen = new Set<string>();
  for (const [index, value] of body.entries()) {
    const command = asRecord(value) ?? {};
    checkCommand(problems, [index], command);
    const identity = JSON.stringify([command['type'] ?? ApplicationCommandType.ChatInput, command['name']]);
    if (seen.has(identity))
      problems.add(
        [index, 'name'],
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      );
    seen.add(identity);
  }
  problems.refuse();
  return assume(body);
}

function checkCommand(problems: Problems, at: Path, command: Record<string, unknown>): void {
  const {
    type = ApplicationCommandType.ChatInput,
    name,
    description,
    options,
    default_member_permissions: needed,
  } = command;
  if (type === ApplicationCommandType.ChatInput) {
    checkName(problems, [...at, 'name'], name);
    checkLength(problems, [...at, 'description'], description, MAX_DESCRIPTION);
    checkOptions(problems, [...at, 'options'], options);
  } else {
    checkLength(problems, [...at, 'name'], name, 32);
    if (description)
      problems.add(
        [...at, 'description'],
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
        'Context menu commands have none',
      );
  }
  if (needed !== undefined && needed !== null && !(typeof needed === 'string' && /^\d+$/.test(needed)))
    problems.add(
      [...at, 'default_member_permissions'],
      'NUMBER_TYPE_COERCE',
      'Value is not a bit field in decimal.',
    );
}

function checkOptions(problems: Problems, at: Path, options: unknown): void {
  if (options === undefined || options === null) return;
  if (!Array.isArray(options))
    return problems.add(at, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
  if (options.length > MAX_ITEMS)
    problems.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_ITEMS} or fewer in length.`);
  const names = new Set<unknown>();
  let optional = false;
  for (const [index, value] of options.entries()) {
    const here = [...at, index];
    const option = asRecord(value) ?? {};
    checkName(problems, [...here, 'name'], option['name']);
    checkLength(problems, [...here, 'description'], option['description'], MAX_DESCRIPTION);
    if (!TYPES.has(option['type']))
      problems.add([...here, 'type'], 'BASE_TYPE_CHOICES', 'Value is no type of an option.');
    if (names.has(option['name']))
      problems.add(
        [...here, 'name'],
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists',
      );
    names.add(option['name']);
    if (option['type'] === Subcommand || option['type'] === SubcommandGroup) {
      checkOptions(problems, [...here, 'options'], option['options']);
      continue;
    }
    if (option['required'] !== true) optional = true;
    else if (optional)
      problems.add(
        here,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    checkSuggestions(problems, here, option);
  }
}

function checkSuggestions(problems: Problems, at: Path, option: Record<string, unknown>): void {
  const { type, autocomplete, choices } = option;
  const suggests = type === STRING || type === Integer || type === NUMBER;
  if (autocomplete === true && (!suggests || (Array.isArray(choices) && choices.length > 0)))
    problems.add(
      [...at, 'autocomplete'],
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID',
      'Only for text and numbers, and without choices',
    );
  if (choices !== undefined && choices !== null) checkChoices(problems, [...at, 'choices'], choices);
}

/** Of an option, or of an answer to an autocomplete. */
export function checkChoices(problems: Problems, at: Path, choices: unknown): void {
  if (!Array.isArray(choices))
    return problems.add(at, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
  if (choices.length > MAX_ITEMS)
    problems.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_ITEMS} or fewer in length.`);
  for (const [index, each] of choices.entries()) {
    const { name, value } = asRecord(each) ?? {};
    checkLength(problems, [...at, index, 'name'], name, MAX_CHOICE);
    if (typeof value !== 'number') checkLength(problems, [...at, index, 'value'], value, MAX_CHOICE);
  }
}

function checkName(problems: Problems, at: Path, name: unknown): void {
  if (typeof name !== 'string' || !NAME.test(name) || name !== name.toLowerCase())
    problems.add(at, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

function checkLength(problems: Problems, at: Path, value: unknown, max: number): void {
  if (typeof value !== 'string' || value.length === 0 || value.length > max)
    problems.add(at, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${max} in length.`);
}

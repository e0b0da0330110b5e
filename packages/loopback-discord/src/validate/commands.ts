import { ApplicationCommandType } from 'discord-api-types/v10';
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { asRecord, assume } from 'loopback-kit';

import { ApiError } from '../errors/api-error.js';
import { Problems } from '../errors/problems.js';
import { commandName, commandOptions, description, localizations } from './command-options.js';
import { byType, flag, ignored, integer, list, object, optional, snowflake, text } from './shape.js';
import type { Shape } from './shape.js';

const Type = ApplicationCommandType;
const MAX_COMMANDS = 100;

/** A bit field in decimal. */
const permissions: Shape = (problems, at, value) => {
  if (typeof value !== 'string' || !/^\d{1,17}$/.test(value))
    problems.add(at, 'NUMBER_TYPE_COERCE', 'Value is not a bit field in decimal.');
};

const noDescription: Shape = (problems, at, value) => {
  if (value)
    problems.add(at, 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION', 'Context menu commands have none');
};

const base = {
  type: ignored,
  id: optional(snowflake),
  ...localizations,
  default_member_permissions: optional(permissions),
  dm_permission: optional(flag),
  contexts: optional(list(integer(0, 2), 1, 3)),
  integration_types: optional(list(integer(0, 1), 1, 2)),
  nsfw: optional(flag),
};
const contextMenu = object({
  ...base,
  name: text(1, 32),
  description: noDescription,
  options: noDescription,
});
const command = byType(
  {
    [Type.ChatInput]: object({ ...base, name: commandName, description, options: commandOptions }),
    [Type.User]: contextMenu,
    [Type.Message]: contextMenu,
  },
  Type.ChatInput,
);

/** Refuses a list of commands as Discord does; what it returns may be kept. */
export function checkCommands(body: unknown): RESTPostAPIApplicationCommandsJSONBody[] {
  if (!Array.isArray(body))
    throw new ApiError(400, 50_109, 'The request body contains invalid JSON.', 'invalid-body');
  const problems = new Problems();
  list(command, 0, MAX_COMMANDS)(problems, [], body);
  const seen = new Set<string>();
  for (const [index, value] of body.entries()) {
    const { type = Type.ChatInput, name } = asRecord(value) ?? {};
    const identity = JSON.stringify([type, name]);
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

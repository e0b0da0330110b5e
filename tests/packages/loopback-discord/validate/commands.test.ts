import { describe, expect, it } from 'vitest';

import { checkCommands } from '../../../../packages/loopback-discord/src/validate/commands.js';
import { faultsIn } from './faults-of.js';

const ASK = { name: 'ask', description: 'Asks' };

function faults(...commands: object[]): string[] {
  return faultsIn(() => checkCommands(commands));
}

describe('commands', () => {
  it('are taken when Discord would take them', () => {
    const where = { contexts: [0, 1], integration_types: [0], default_member_permissions: '8', nsfw: false };
    expect(faults({ ...ASK, ...where, type: 1, options: [] }, { type: 3, name: 'Read Aloud' })).toEqual([]);
  });

  it.each([
    ['a name with a space', { ...ASK, name: 'ask me' }, '0.name APPLICATION_COMMAND_INVALID_NAME'],
    [
      'a description of 101 characters',
      { ...ASK, description: 'x'.repeat(101) },
      '0.description BASE_TYPE_BAD_LENGTH',
    ],
    [
      'permissions in words',
      { ...ASK, default_member_permissions: 'all' },
      '0.default_member_permissions NUMBER_TYPE_COERCE',
    ],
    ['no context at all', { ...ASK, contexts: [] }, '0.contexts BASE_TYPE_BAD_LENGTH'],
    ['a context that does not exist', { ...ASK, contexts: [3] }, '0.contexts.0 NUMBER_TYPE_MAX'],
    ['a type that does not exist', { ...ASK, type: 9 }, '0.type BASE_TYPE_CHOICES'],
    [
      'a description in a menu',
      { type: 2, name: 'Ask', description: 'x' },
      '0.description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
    ],
    ['an unknown field', { ...ASK, colour: 1 }, '0.colour UNKNOWN_FIELD'],
  ])('with %s are refused', (_what, command, fault) => {
    expect(faults(command)).toEqual([fault]);
  });

  it('stand once each, by name and type', () => {
    expect(faults(ASK, { type: 3, name: 'ask' })).toEqual([]);
    expect(faults(ASK, ASK)).toEqual(['1.name APPLICATION_COMMANDS_DUPLICATE_NAME']);
  });

  it('come as a list', () => {
    expect(() => checkCommands({})).toThrow('invalid JSON');
  });
});

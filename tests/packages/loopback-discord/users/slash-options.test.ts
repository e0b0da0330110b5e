import type { APIApplicationCommand } from 'discord-api-types/v10';
import { assume } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { fillOptions } from '../../../../packages/loopback-discord/src/users/slash-options.js';

const NOTE = { type: 3, name: 'note', required: true, min_length: 2, max_length: 4 };
const COUNT = { type: 4, name: 'count', min_value: 1, max_value: 3 };
const COLOUR = { type: 3, name: 'colour', choices: [{ name: 'Red', value: 'red' }] };
const TYPED = { type: 3, name: 'typed', autocomplete: true };

function commandOf(...options: object[]): APIApplicationCommand {
  return assume({ name: 'do', options });
}

describe('the options of a slash command', () => {
  it('are filled in the order in which they are declared', () => {
    expect(fillOptions(commandOf(NOTE, COUNT), [], { count: 2, note: 'abc' })).toEqual([
      { name: 'note', type: 3, value: 'abc' },
      { name: 'count', type: 4, value: 2 },
    ]);
  });

  it('are found below a subcommand, which has to be named', () => {
    const nested = commandOf({
      type: 2,
      name: 'group',
      options: [{ type: 1, name: 'sub', options: [COUNT] }],
    });
    expect(fillOptions(nested, ['group', 'sub'], { count: 1 })).toMatchObject([
      { name: 'group', type: 2, options: [{ name: 'sub', type: 1, options: [{ value: 1 }] }] },
    ]);
    expect(() => fillOptions(nested, ['other'], {})).toThrow('/do has no subcommand "other"');
    expect(() => fillOptions(nested, [], {})).toThrow('needs one of its subcommands');
  });

  it.each([
    ['an unknown option', { note: 'abc', other: 1 }, 'has no option "other"'],
    ['a required option left out', {}, 'requires "note"'],
    ['a wrong type', { note: 1 }, 'not a string'],
    ['a text that is too short', { note: 'a' }, 'not between 2 and 4'],
    ['a fraction', { note: 'abc', count: 1.5 }, 'not a whole number'],
    ['a number out of range', { note: 'abc', count: 4 }, 'not between 1 and 3'],
    ['a value that is not offered', { note: 'abc', colour: 'blue' }, 'none of its choices'],
  ])('refuse %s', (_what, values, message) => {
    expect(() => fillOptions(commandOf(NOTE, COUNT, COLOUR), [], values)).toThrow(message);
  });

  it('may be anything while they are typed, and excuse what is missing', () => {
    expect(fillOptions(commandOf(NOTE, TYPED), [], { typed: 'x' }, 'typed')).toEqual([
      { name: 'typed', type: 3, value: 'x', focused: true },
    ]);
    expect(() => fillOptions(commandOf(NOTE), [], { note: 'x' }, 'note')).toThrow('does not complete "note"');
  });
});

import { describe, expect, it } from 'vitest';

import {
  commandOptions,
  suggestionsFor,
} from '../../../../packages/loopback-discord/src/validate/command-options.js';
import { faultsOf } from './faults-of.js';

function option(type: number, more: object = {}): object {
  return { type, name: 'a', description: 'A', ...more };
}

const x = (length: number): string => 'x'.repeat(length);

describe('the options of a command', () => {
  it.each([
    ['texts with limits', [option(3, { min_length: 0, max_length: 6000, required: true })]],
    ['numbers with choices', [option(10, { choices: [{ name: 'Half', value: 0.5 }] })]],
    ['channels of a kind', [option(7, { channel_types: [0] })]],
    ['groups of subcommands', [option(2, { options: [option(1, { options: [option(5)] })] })]],
    ['names in other languages', [option(3, { name_localizations: { de: 'b' } })]],
  ])('may be %s', (_what, given) => {
    expect(faultsOf(commandOptions, given)).toEqual([]);
  });

  it.each([
    ['a name in capitals', [option(3, { name: 'A' })], '0.name APPLICATION_COMMAND_INVALID_NAME'],
    ['no description', [option(3, { description: '' })], '0.description BASE_TYPE_BAD_LENGTH'],
    ['no type', [option(3, { type: undefined })], '0.type BASE_TYPE_CHOICES'],
    ['a length over 6000', [option(3, { max_length: 6001 })], '0.max_length NUMBER_TYPE_MAX'],
    ['a length of a number', [option(4, { max_length: 1 })], '0.max_length UNKNOWN_FIELD'],
    [
      'a fraction as a choice of whole numbers',
      [option(4, { choices: [{ name: 'Half', value: 0.5 }] })],
      '0.choices.0.value NUMBER_TYPE_COERCE',
    ],
    [
      'a number as a choice of texts',
      [option(3, { choices: [{ name: 'One', value: 1 }] })],
      '0.choices.0.value STRING_TYPE_CONVERT',
    ],
    [
      'a choice of 101 characters',
      [option(3, { choices: [{ name: 'X', value: x(101) }] })],
      '0.choices.0.value BASE_TYPE_MAX_LENGTH',
    ],
    [
      'choices beside an autocomplete',
      [option(3, { autocomplete: true, choices: [{ name: 'X', value: 'x' }] })],
      '0.autocomplete APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID',
    ],
    ['an autocomplete of a flag', [option(5, { autocomplete: true })], '0.autocomplete UNKNOWN_FIELD'],
    [
      'a required one after another',
      [option(3), option(3, { name: 'b', required: true })],
      '1.required APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    ['one name twice', [option(3), option(4)], '1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS'],
    [
      'a subcommand beside another option',
      [option(1), option(3, { name: 'b' })],
      '1.type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    [
      'a subcommand in a subcommand',
      [option(1, { options: [option(1)] })],
      '0.options.0.type BASE_TYPE_CHOICES',
    ],
    ['a group in a group', [option(2, { options: [option(2)] })], '0.options.0.type BASE_TYPE_CHOICES'],
    [
      '26 options',
      Array.from({ length: 26 }, (_, index) => option(3, { name: `o${index}` })),
      ' BASE_TYPE_MAX_LENGTH',
    ],
  ])('may not have %s', (_what, given, fault) => {
    expect(faultsOf(commandOptions, given)).toEqual([fault]);
  });
});

describe('what a bot offers while a user types', () => {
  it('is 25 choices at most', () => {
    const choices = Array.from({ length: 26 }, (_, index) => ({ name: String(index), value: index }));
    expect(faultsOf(suggestionsFor(4), choices.slice(1))).toEqual([]);
    expect(faultsOf(suggestionsFor(4), choices)).toEqual([' BASE_TYPE_MAX_LENGTH']);
  });

  it('has the type of the option', () => {
    const half = [{ name: 'Half', value: 0.5 }];
    expect(faultsOf(suggestionsFor(10), half)).toEqual([]);
    expect(faultsOf(suggestionsFor(4), half)).toEqual(['0.value NUMBER_TYPE_COERCE']);
    expect(faultsOf(suggestionsFor(3), half)).toEqual(['0.value STRING_TYPE_CONVERT']);
  });
});

import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';

import { parseArguments } from '../../../sandbox/prompt/arguments.js';

describe('the arguments of a slash command', () => {
  const options = [
    { name: 'question', type: Type.String },
    { name: 'dry_run', type: Type.Boolean },
    { name: 'count', type: Type.Integer },
  ];

  const valuesOf = (words: string): object => parseArguments(words, options).values;

  it('fill the options', () => {
    expect(valuesOf('')).toEqual({});
    expect(valuesOf('dry_run')).toEqual({ dry_run: true });
    expect(valuesOf('--dry-run')).toEqual({ dry_run: true });
    expect(valuesOf('dry_run:false count:3')).toEqual({ dry_run: false, count: 3 });
    expect(valuesOf('why is  it so')).toEqual({ question: 'why is it so' });
    expect(valuesOf('question:why dry_run')).toEqual({ question: 'why', dry_run: true });
  });

  it('are refused if they fit nowhere', () => {
    expect(() => parseArguments('now', options.slice(1))).toThrow(
      '"now" is not an option of this command. Its options: dry_run, count',
    );
    expect(() => parseArguments('now', [])).toThrow('Its options: none');
  });

  it('start with a subcommand if the command has any', () => {
    const subcommands = [
      { name: 'add', type: Type.Subcommand, options },
      { name: 'list', type: Type.Subcommand },
    ];
    expect(parseArguments('add likes tea', subcommands)).toEqual({
      path: ['add'],
      values: { question: 'likes tea' },
    });
    expect(parseArguments(' list', subcommands)).toEqual({ path: ['list'], values: {} });
    expect(() => parseArguments('', subcommands)).toThrow('needs a subcommand: add, list');
    expect(() => parseArguments('lists', subcommands)).toThrow('needs a subcommand: add, list');
  });
});

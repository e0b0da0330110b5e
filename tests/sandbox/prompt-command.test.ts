import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';

import { completionsOf, parseArguments, parsePromptLine } from '../../sandbox/prompt-command.js';

const complete = (line: string): string[] => completionsOf(line, ['config-status'], ['DEBUG']);

describe('a line at the prompt', () => {
  it.each([
    ['', { kind: 'nothing' }],
    ['/config-status', { kind: 'slash', as: 'alice', command: 'config-status', words: '' }],
    [
      '/config-status LOG_LEVEL',
      { kind: 'slash', as: 'alice', command: 'config-status', words: 'LOG_LEVEL' },
    ],
    ['!config-help', { kind: 'say', as: 'alice', content: '!config-help' }],
    ['?config-help', { kind: 'say', as: 'alice', content: '?config-help' }],
    ['as member /reload-config', { kind: 'slash', as: 'bob', command: 'reload-config', words: '' }],
    ['as bob !reload-config', { kind: 'say', as: 'bob', content: '!reload-config' }],
    ['as member hello there', { kind: 'say', as: 'bob', content: 'hello there' }],
    ['say good morning', { kind: 'say', as: 'alice', content: 'good morning' }],
    ['set BOT_ACTIVITY=a = b # c', { kind: 'set', key: 'BOT_ACTIVITY', value: 'a = b # c' }],
    ['set BOT_ACTIVITY="two words"', { kind: 'set', key: 'BOT_ACTIVITY', value: 'two words' }],
    ['set BOT_ACTIVITY=', { kind: 'set', key: 'BOT_ACTIVITY', value: '' }],
    ['unset BOT_ACTIVITY', { kind: 'unset', key: 'BOT_ACTIVITY' }],
    ['log', { kind: 'log', lines: 20 }],
    ['log 3', { kind: 'log', lines: 3 }],
    ['HUP', { kind: 'hup' }],
    [' show ', { kind: 'show' }],
    ['help', { kind: 'help' }],
    ['exit', { kind: 'quit' }],
  ])('is understood: %s', (line, command) => {
    expect(parsePromptLine(line, '?')).toEqual(command);
  });

  it.each([
    ['frobnicate', 'Unknown command "frobnicate". Type "help" for a list.'],
    ['hlep', 'Unknown command "hlep". Did you mean "help"?'],
    ['SHOWS', 'Unknown command "SHOWS". Did you mean "show"?'],
    ['LOG_LEVEL=debug', 'set LOG_LEVEL=…'],
    ['set', 'For example: set'],
    ['set LOG_LEVEL', 'For example: set'],
    ['unset', 'For example: unset'],
    ['log many', 'For example: log'],
    ['as member', 'For example: as member'],
    ['as nobody /reload-config', 'For example: as member'],
    ['hup 1', '"hup" takes no arguments'],
    ['say', 'say hello'],
  ])('is answered with advice if it is not understood: %s', (line, advice) => {
    expect(parsePromptLine(line, '!')).toEqual({ kind: 'mistake', advice: expect.stringContaining(advice) });
  });

  it('is completed with commands of the bot, keys, and commands of the prompt', () => {
    expect(complete('/config-status D')).toEqual(['/config-status DEBUG']);
    expect(complete('set ')).toEqual(['set DEBUG=']);
    expect(complete('sh')).toEqual(['show']);
    expect(complete('as')).toEqual(['as member ']);
  });
});

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

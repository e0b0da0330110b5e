import { describe, expect, it } from 'vitest';

import { parsePromptLine } from '../../../sandbox/prompt/command.js';

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
    [
      '@live-config hello there',
      { kind: 'mention', as: 'alice', name: 'live-config', content: 'hello there' },
    ],
    ['as member @live-config', { kind: 'mention', as: 'bob', name: 'live-config', content: '' }],
    ['HUP', { kind: 'hup' }],
    ['undo', { kind: 'undo' }],
    [' show ', { kind: 'show' }],
    ['help', { kind: 'help' }],
    ['exit', { kind: 'quit' }],
  ])('is understood: %s', (line, command) => {
    expect(parsePromptLine(line, '?')).toEqual(command);
  });

  it.each([
    ['frobnicate', 'Unknown command "frobnicate". Type "help" for a list.'],
    ['hlep', 'Unknown command "hlep". Did you mean "help"?'],
    ['config-statsu', 'Unknown command "config-statsu". Did you mean "/config-status"?'],
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
    expect(parsePromptLine(line, '!', ['config-status'])).toEqual({
      kind: 'mistake',
      advice: expect.stringContaining(advice),
    });
  });
});

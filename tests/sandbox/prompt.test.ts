import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { describe, expect, it, onTestFinished } from 'vitest';

import { completionsOf, fillFromWords, parsePromptLine } from '../../sandbox/prompt-command.js';
import { startSandbox } from './sandbox-script.js';

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
    ['frobnicate', '"help" lists'],
    ['reset', '"help" lists'],
    ['helpme', 'Did you mean "help"?'],
    ['LOG_LEVEL=debug', 'set LOG_LEVEL=…'],
    ['set', 'For example: set'],
    ['set LOG_LEVEL', 'For example: set'],
    ['unset', 'For example: unset'],
    ['log many', 'For example: log'],
    ['as member', 'For example: as member'],
    ['as nobody /reload-config', 'For example: as member'],
    ['hup 1', '"hup" stands alone'],
    ['say', 'say hello'],
  ])('gets advice when it is not: %s', (line, advice) => {
    expect(parsePromptLine(line, '!')).toEqual({ kind: 'mistake', advice: expect.stringContaining(advice) });
  });

  it('is completed from the commands, the keys and the words of the prompt', () => {
    expect(complete('/config-status D')).toEqual(['/config-status DEBUG']);
    expect(complete('set ')).toEqual(['set DEBUG=']);
    expect(complete('sh')).toEqual(['show']);
    expect(complete('as')).toEqual(['as member ']);
  });
});

describe('the words after a slash command', () => {
  const options = [
    { name: 'question', type: Type.String },
    { name: 'dry_run', type: Type.Boolean },
    { name: 'count', type: Type.Integer },
  ];

  const valuesOf = (words: string): object => fillFromWords(words, options).values;

  it('fill the options', () => {
    expect(valuesOf('')).toEqual({});
    expect(valuesOf('dry_run')).toEqual({ dry_run: true });
    expect(valuesOf('--dry-run')).toEqual({ dry_run: true });
    expect(valuesOf('dry_run:false count:3')).toEqual({ dry_run: false, count: 3 });
    expect(valuesOf('why is  it so')).toEqual({ question: 'why is it so' });
    expect(valuesOf('question:why dry_run')).toEqual({ question: 'why', dry_run: true });
  });

  it('are refused where they fit nowhere', () => {
    expect(() => fillFromWords('now', options.slice(1))).toThrow('its options: dry_run, count');
    expect(() => fillFromWords('now', [])).toThrow('its options: none');
  });

  it('begin with the subcommand of a command that has some', () => {
    const subcommands = [
      { name: 'add', type: Type.Subcommand, options },
      { name: 'list', type: Type.Subcommand },
    ];
    expect(fillFromWords('add likes tea', subcommands)).toEqual({
      path: ['add'],
      values: { question: 'likes tea' },
    });
    expect(fillFromWords(' list', subcommands)).toEqual({ path: ['list'], values: {} });
    expect(() => fillFromWords('', subcommands)).toThrow('needs one of its subcommands: add, list');
    expect(() => fillFromWords('lists', subcommands)).toThrow('needs one of its subcommands: add, list');
  });
});

const SCRIPT_TOOL = '/usr/bin/script';
const LIMIT_MS = 60_000;

/** Runs the sandbox under a pseudo terminal; `answer` says what to type once the output so far has come. */
async function inTerminal(
  file: string,
  answers: readonly (readonly [seen: string, typed: string])[],
): Promise<{ text: string; code: number | null }> {
  const tsx = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
  const child = spawn(SCRIPT_TOOL, ['-qec', `'${tsx}' '${file}'`, '/dev/null'], { cwd: '/' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const left = [...answers];
  let text = '';
  let from = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text = stripVTControlCharacters(text + chunk);
    for (let next = left[0]; next && text.includes(next[0], from); next = left[0]) {
      from = text.indexOf(next[0], from) + next[0].length;
      child.stdin.write(next[1]);
      left.shift();
    }
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { text, code };
}

describe.skipIf(!existsSync(SCRIPT_TOOL))('in a terminal', { timeout: LIMIT_MS }, () => {
  it('obeys lines, shows the log as it comes, and ends with 0', async () => {
    const { file } = await startSandbox({ steps: 'tour.slice(0, 1)', interactive: true });
    const { text, code } = await inTerminal(file, [
      ['sandbox> ', '/config-status BOT_PREFIX\r'],
      ['What a message starts with', 'as member /reload-config\r'],
      ['🚫', 'set WELCOME=it is "here"\r'],
      ['Configuration reload complete', 'unset NOTHING\r'],
      ['no line changes', 'show\r'],
      [`WELCOME='it is "here"'`, 'hup\r'],
      ['SIGHUP acknowledged: unchanged', '/nope\r'],
      ['The bot has no command /nope', 'say hello\r'],
      ['No answer. In a channel', '/memory list\r'],
      ['live-config (only alice sees this)', 'quit\r'],
    ]);
    expect(text).toContain('DISCORD_TOKEN=[hidden]');
    expect(text).toContain('the bot ended in good order');
    expect(code).toBe(0);
  });

  it('leaves on Ctrl-C in the middle of the tour, and leaves nothing behind', async () => {
    const main = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));
    const { text, code } = await inTerminal(main, [['2 of ', '\u0003']]);
    const directory = /The file being edited is (\S+)\/\.env/.exec(text)?.[1] ?? '';
    expect(directory).not.toBe('');
    expect(existsSync(directory)).toBe(false);
    expect(text).toContain('Stopped.');
    expect(code).toBe(130);
  });
});

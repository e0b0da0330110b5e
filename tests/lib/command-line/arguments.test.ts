import { describe, expect, it } from 'vitest';

import { parseOrder, UsageError } from '../../../src/lib/command-line/arguments.js';

describe('the command line', () => {
  it.each([
    [['check'], { file: undefined, withEnvironment: true, mustExist: false }],
    [['check', 'my.env'], { file: 'my.env', withEnvironment: true, mustExist: true }],
    [['check', '--no-env'], { file: undefined, withEnvironment: false, mustExist: true }],
  ])('reads where the configuration is from %j', (words, where) => {
    expect(parseOrder(words)).toEqual({ verb: 'check', where, format: 'human', strict: false });
  });

  it('takes options before and after the file', () => {
    const order = { verb: 'check', format: 'github', strict: true };
    expect(parseOrder(['check', '--strict', 'my.env', '--format', 'github'])).toMatchObject(order);
    expect(parseOrder(['check', '--format=github', '--strict', 'my.env'])).toMatchObject(order);
  });

  it('takes a key and perhaps a file to explain', () => {
    expect(parseOrder(['explain', 'LOG_LEVEL', 'my.env'])).toMatchObject({
      verb: 'explain',
      key: 'LOG_LEVEL',
      where: { file: 'my.env' },
    });
  });

  it('asks for life, or whether the bot can answer people', () => {
    expect(parseOrder(['health'])).toMatchObject({ verb: 'health', path: '/healthz' });
    expect(parseOrder(['health', '--ready', 'my.env'])).toMatchObject({
      path: '/readyz',
      where: { file: 'my.env' },
    });
  });

  it('helps whatever else stands there', () => {
    expect(parseOrder(['check', '--help', 'a', 'b', 'c'])).toEqual({ verb: 'help' });
    expect(parseOrder(['--version'])).toEqual({ verb: 'version' });
  });

  it.each([
    [['chekc'], 'There is no such command'],
    [['constructor'], 'There is no such command'],
    [['start', 'now'], 'start takes no arguments'],
    [['--strict'], 'An option needs a command'],
    [['check', 'a', 'b'], 'check takes fewer arguments'],
    [['check', '--json'], 'check has no option --json'],
    [['check', '--format', 'xml'], '--format: expected human, json, github'],
    [['print', '--strict'], 'print has no option --strict'],
    [['explain'], 'explain needs a KEY'],
    [['check', '--unheard-of'], /^Unknown option '--unheard-of'/],
  ])('refuses %j', (words, message) => {
    expect(() => parseOrder(words)).toThrow(UsageError);
    expect(() => parseOrder(words)).toThrow(message);
  });
});

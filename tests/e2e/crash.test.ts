import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ASLEEP, BotUnderTest, messagesOf, TOKEN } from '../support/rig/index.js';

let bot: BotUnderTest;

describe('an error that nobody expected', () => {
  /** Throws on SIGUSR2 and SIGALRM, and rejects on SIGPIPE, with the token wherever an error can carry one. */
  const preload = `data:text/javascript,${encodeURIComponent(`
    const error = () => {
      const token = process.env.DISCORD_TOKEN;
      const error = new Error('boom ' + token, { cause: new Error(encodeURIComponent(token)) });
      return Object.assign(error, { config: { headers: { Authorization: 'Bot ' + token } }, base64: btoa(token) });
    };
    process.on('SIGUSR2', () => setImmediate(() => { throw error(); }));
    process.on('SIGPIPE', () => void Promise.reject(error()));
    const shy = () => ({ [Symbol.for('nodejs.util.inspect.custom')]() { throw error(); } });
    process.on('SIGALRM', () => setImmediate(() => { throw shy(); }));
  `)}`;
  beforeEach(async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP, node: ['--import', preload] });
  });
  afterEach(() => bot.stop());

  it.each([
    ['an exception', 'SIGUSR2'],
    ['a rejection', 'SIGPIPE'],
  ] as const)('as %s is logged without a secret, and ends the bot with 1', async (_what, signal) => {
    bot.process.signal(signal);
    expect(await bot.process.exit).toEqual({ code: 1, signal: null });
    expect(bot.process.stderr).toMatch(/FATAL - Unexpected error, shutting down: Error: boom \[hidden\]/);
    const last = bot.log().at(-1);
    expect(last).toMatchObject({ level: 'fatal' });
    expect(last?.msg).toContain('Unexpected error, shutting down: Error: boom [hidden]');
    for (const part of [TOKEN, TOKEN.slice(0, 24), TOKEN.slice(-20), btoa(TOKEN)])
      expect(`${bot.process.output}${JSON.stringify(bot.log())}`).not.toContain(part);
  });

  it('that cannot even be shown ends the bot with 1, and shows no more than that', async () => {
    bot.process.signal('SIGALRM');
    expect(await bot.process.exit).toEqual({ code: 1, signal: null });
    expect(messagesOf(bot.process.stderr)).toEqual(['Unexpected error that cannot be shown, shutting down']);
    expect(bot.log().at(-1)).toMatchObject({ level: 'fatal' });
  });
});

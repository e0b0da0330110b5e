import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { ANOTHER_TOKEN, ASLEEP, BotUnderTest, messagesOf, TOKEN } from '../support/rig/index.js';
import type { BotOptions } from '../support/rig/index.js';

let bot: BotUnderTest;

/** More than the farewell may take. */
const FAREWELL_MS = 4000;

/** How long a file must not have changed to be read at once, and some. */
const AT_REST_MS = 550;

/** The letter that the kernel has for what a process is doing; Z when it has ended and nobody has asked how. */
function stateOf(pid = 0): string | undefined {
  return /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
}

function startEach(options: BotOptions = {}): void {
  beforeEach(async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP, ...options });
  });
  afterEach(() => bot.stop());
}

describe('a bot that is told to end', () => {
  startEach();

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s leaves Discord, writes its log to the end and exits with 0',
    async (signal) => {
      const left = bot.discord.waitFor('disconnect');
      bot.process.signal(signal);
      expect(await bot.process.exit).toEqual({ code: 0, signal: null });
      expect((await left).code).toBe(1000);
      expect(bot.log().at(-1)).toMatchObject({ level: 'info', msg: 'Shutting down' });
      expect(bot.process.stderr).toBe('');
      expect(bot.process.output).not.toContain('connecting again');
    },
  );

  it('ends at once when it is told a second time, whatever Discord does', async () => {
    bot.process.signal('SIGTERM');
    bot.process.signal('SIGINT');
    expect(await bot.process.exit).toEqual({ code: 1, signal: null });
    expect(bot.log().at(-1)).toMatchObject({ msg: 'Shutting down' });
  });

  it('ends although Discord says nothing any more', async () => {
    bot.process.signal('SIGTERM');
    // Discord lives in this very process: it says nothing while this waits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FAREWELL_MS);
    expect(stateOf(bot.process.pid)).toBe('Z');
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
  });
});

describe('a bot that Discord turns away while it runs,', () => {
  startEach();

  it('because its token was revoked says so, waits for another one and takes it over', async () => {
    const gone = bot.discord.waitFor('disconnect');
    bot.discord.tokens.revoke(TOKEN, { disconnect: true });
    expect((await gone).code).toBe(4004);
    const since = bot.process.mark();
    await bot.process.waitForOutput('Discord has revoked the token: the bot can answer nobody.', {
      since: 0,
    });
    bot.discord.tokens.add(ANOTHER_TOKEN);
    const back = bot.discord.waitFor('ready');
    bot.save({ DISCORD_TOKEN: ANOTHER_TOKEN });
    bot.hangUp();
    await back;
    await bot.process.waitForOutput('SIGHUP acknowledged: applied', { since });
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
    bot.process.signal('SIGTERM');
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
  });

  it('for another reason names the code and exits with 1', async () => {
    bot.discord.faults.closeGateway(4012);
    expect(await bot.process.exit).toEqual({ code: 1, signal: null });
    expect(bot.process.stderr).toContain('Discord closed the gateway for good: 4012 InvalidAPIVersion');
  });
});

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
  startEach({ node: ['--import', preload] });

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

describe('a connection that is lost', () => {
  beforeAll(async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP });
  });
  afterAll(() => bot.stop());

  it('is resumed, and said to be', async () => {
    const since = bot.process.mark();
    const resumed = bot.discord.waitFor('resume');
    bot.discord.faults.dropGateway();
    await resumed;
    await bot.process.waitForOutput('The gateway connection of shard 0 was lost; connecting again', {
      since,
    });
    await bot.process.waitForOutput(/The gateway connection of shard 0 is back; \d+ event/, { since });
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
    expect(bot.discord.bot).toMatchObject({ identifies: 1, resumes: 1 });
  });

  it('hinders no reload: SIGHUP is answered meanwhile, and what it changed is seen afterwards', async () => {
    bot.save({ BOT_PREFIX: '?', BOT_ACTIVITY: 'made in the dark' });
    // At rest, the file is read at once: before discord.js has tried to connect again.
    await sleep(AT_REST_MS);
    bot.discord.faults.refuseGateway();
    const lost = bot.discord.waitFor('disconnect');
    bot.discord.faults.dropGateway();
    await lost;
    const { entry } = await bot.reloadBy(() => {
      bot.hangUp();
    });
    expect(entry).toMatchObject({ trigger: 'signal', outcome: 'applied' });
    expect(bot.discord.bot.connected).toBe(false);
    const shown = bot.discord.waitFor('presence', ({ activities }) => activities.length > 0);
    bot.discord.faults.restoreGateway();
    expect((await shown).activities).toMatchObject([{ name: 'made in the dark' }]);
    expect((await bot.say('?config-help')).text).toContain('after the prefix `?`');
  });

  it('for long is said to be lost once, and to be back in a new session', async () => {
    const complaints = (): string[] =>
      messagesOf(bot.process.stderr).filter((line) => line.includes('was lost'));
    const before = complaints().length;
    const since = bot.process.mark();
    bot.discord.faults.refuseGateway();
    bot.discord.faults.dropGateway();
    for (let attempt = 0; attempt < 3; attempt++) await bot.discord.waitFor('refused');
    bot.discord.faults.restoreGateway();
    await bot.process.waitForOutput('The gateway connection of shard 0 is back; in a new session', { since });
    expect(complaints()).toHaveLength(before + 1);
  });

  it('shows its activity again after Discord made it log in anew', async () => {
    await bot.settle({ BOT_ACTIVITY: 'as ever' });
    const shown = bot.discord.waitFor('presence', ({ activities }) => activities[0]?.name === 'as ever');
    const login = bot.discord.waitFor('identify');
    bot.discord.faults.invalidateSessions();
    expect((await login).afterInvalidation).toBe(true);
    await expect(shown).resolves.toBeDefined();
  });
});

describe('two hundred SIGHUPs at once', () => {
  startEach();

  it('cost a few refreshes, end with the last content and leave the bot as it was', async () => {
    bot.save({ BURST: '1' });
    for (let count = 0; count < 100; count++) bot.hangUp();
    bot.save({ BURST: '2' });
    for (let count = 0; count < 100; count++) bot.hangUp();
    const { printed } = await bot.reloadBy(async () => {
      expect((await bot.slash('reload-config')).content).toMatch(/^✅ Configuration reloaded/);
    });
    expect(printed.join('\n')).toContain('SIGHUP acknowledged');
    const { text } = await bot.slash('config-status', { options: { setting: 'BURST' } });
    expect(text).toContain('Value\n`2`');
    expect(bot.reloads().length).toBeLessThanOrEqual(5);
    expect(bot.process.stderr).toBe('');
    bot.process.signal('SIGTERM');
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
  });
});

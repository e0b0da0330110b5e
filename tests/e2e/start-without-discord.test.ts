import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { envText } from '../support/env-text.js';
import { ANOTHER_TOKEN, messagesOf, QUICK, TOKEN } from '../support/rig/index.js';
import type { BotProcess, Settings } from '../support/rig/index.js';
import { StartingBot } from './starting-bot.js';

const MESSAGE_CONTENT = 1 << 15;

const UNREACHABLE =
  'Cannot reach Discord (ECONNREFUSED); trying again until it answers. Check the network connection, and DISCORD_API_URL if it is set.';

let bot: StartingBot;

beforeEach(async () => {
  bot = await StartingBot.prepare();
});

afterEach(() => bot.stop());

function save(settings: Settings): void {
  bot.write(envText({ DISCORD_TOKEN: TOKEN, ...QUICK, ...settings }));
}

function start(settings: Settings = {}): BotProcess {
  save(settings);
  return bot.start();
}

describe('a bot that starts while Discord is away', () => {
  it('says so once, keeps trying, and logs in as soon as Discord is there', async () => {
    await bot.discord.stop();
    const started = start();
    await started.waitForOutput(UNREACHABLE);
    await bot.restoreDiscord();
    // Two attempts at least have failed by then.
    bot.discord.faults.fail({ status: 503, path: /gateway/ });
    await bot.discord.ready();
    await started.waitForOutput('Logged in as');
    expect(messagesOf(started.stderr)).toEqual([UNREACHABLE]);
  });

  it('waits for as long as Discord asks for', async () => {
    bot.discord.faults.rateLimit({ retryAfter: 3, path: /gateway/ });
    const first = bot.discord.waitFor('request');
    const started = start();
    const { at } = await first;
    const second = await bot.discord.waitFor('request', ({ path: asked }) => asked.endsWith('/gateway/bot'));
    expect(second.at - at).toBeGreaterThanOrEqual(2990);
    await bot.discord.ready();
    expect(messagesOf(started.stderr)).toEqual([
      expect.stringMatching(/^Cannot reach Discord \(Discord answered 429\)/),
    ]);
  });

  it('takes over a token that is corrected meanwhile', async () => {
    bot.discord.tokens.revoke(TOKEN);
    bot.discord.tokens.add(ANOTHER_TOKEN);
    const away = bot.discord.faults.fail({ status: 503, times: 1000 });
    const started = start();
    await started.waitForOutput('Cannot reach Discord (Discord answered 503)');
    save({ DISCORD_TOKEN: ANOTHER_TOKEN });
    await started.waitForOutput('1 secret changed');
    away.cancel();
    await bot.discord.ready();
    await started.waitForOutput('Logged in as');
    expect(started.output).not.toContain('Discord refused');
  });

  it('answers a SIGHUP, and ends with 0 when it is told to', async () => {
    bot.discord.faults.fail({ status: 503, times: 1000 });
    const started = start();
    await started.waitForOutput('Cannot reach Discord');
    save({ BOT_PREFIX: '?' });
    started.signal('SIGHUP');
    await started.waitForOutput('SIGHUP acknowledged');
    started.signal('SIGTERM');
    expect(await started.exit).toEqual({ code: 0, signal: null });
  });

  it('keeps trying when the gateway alone is away', async () => {
    bot.discord.faults.refuseGateway();
    const started = start();
    for (let attempt = 0; attempt < 3; attempt++) await bot.discord.waitFor('refused');
    bot.discord.faults.restoreGateway();
    await bot.discord.ready();
    expect(messagesOf(started.stderr)).toEqual([
      'Shard 0 cannot connect to the gateway (close code 1006); trying again',
    ]);
  });
});

describe('a bot that Discord refuses the Message Content intent', () => {
  it('goes on without it, says what does not work, and answers slash commands and mentions', async () => {
    bot.discord.faults.disallowIntents(MESSAGE_CONTENT);
    const started = start();
    // discord.js lets five seconds pass between two logins.
    await bot.discord.ready({ timeoutMs: 30_000 });
    expect(messagesOf(started.stderr)).toEqual([
      expect.stringMatching(
        /^Discord refused the Message Content intent: .* prefix commands in servers do not\./,
      ),
    ]);
    expect((bot.discord.bot.intents ?? 0) & MESSAGE_CONTENT).toBe(0);
    const [home] = bot.discord.world.guilds.values();
    if (home === undefined) throw new Error('there is no server');
    const { owner: user, channel } = home;
    const asked = await bot.discord.slash({ user, channel, command: 'config-help' });
    expect((await asked.reply()).text).toContain('Configuration help');
    const mention = `<@${bot.discord.bot.user.id}> config-help`;
    const answer = await bot.discord.answerTo(await bot.discord.say({ user, channel, content: mention }));
    expect(answer.text).toContain('Configuration help');
  });
});

describe('slash commands that Discord does not accept at first', () => {
  it('are registered later, with one line for each attempt', async () => {
    const failing = bot.discord.faults.fail({ status: 500, method: 'PUT', path: /\/commands$/, times: 2 });
    const started = start();
    await bot.discord.ready();
    await started.waitForOutput('The slash commands are registered');
    expect(failing.hits).toBe(2);
    const line = expect.stringMatching(
      /^Cannot register the slash commands \(Discord answered 500\); trying again in \d s$/,
    );
    expect(messagesOf(started.stderr)).toEqual([line, line]);
  });
});

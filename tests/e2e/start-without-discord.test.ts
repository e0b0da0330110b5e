import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { LoopbackDiscord } from 'loopback-discord';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ANOTHER_TOKEN, launch, messagesOf, QUICK, refuseViolations, TOKEN } from '../support/rig/index.js';
import type { BotProcess } from '../support/rig/index.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const MESSAGE_CONTENT = 1 << 15;

const UNREACHABLE =
  'Cannot reach Discord (ECONNREFUSED); trying again until it answers. Check the network connection, and DISCORD_API_URL if it is set.';

let discord: LoopbackDiscord;
let directory: string;
let bot: BotProcess | undefined;

beforeEach(async () => {
  discord = await LoopbackDiscord.start({ token: TOKEN });
  discord.world.addGuild('Home');
  directory = temporaryDirectory();
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await discord.stop();
  await refuseViolations(discord);
});

function save(settings: Readonly<Record<string, string>>): void {
  const lines = Object.entries({ DISCORD_TOKEN: TOKEN, ...QUICK, ...settings });
  writeFileSync(path.join(directory, '.env'), lines.map(([key, value]) => `${key}=${value}\n`).join(''));
}

function start(settings: Readonly<Record<string, string>> = {}): BotProcess {
  save(settings);
  bot = launch({ cwd: directory, env: { DISCORD_API_URL: discord.apiUrl } });
  return bot;
}

describe('a bot that starts while Discord is away', () => {
  it('says so once, keeps trying, and logs in as soon as Discord is there', async () => {
    const { port } = discord;
    await discord.stop();
    const started = start();
    await started.waitForOutput(UNREACHABLE);
    discord = await LoopbackDiscord.start({ token: TOKEN, port });
    discord.world.addGuild('Home');
    // Two attempts at least have failed by then.
    discord.faults.fail({ status: 503, path: /gateway/ });
    await discord.ready();
    await started.waitForOutput('Logged in as');
    expect(messagesOf(started.stderr)).toEqual([UNREACHABLE]);
  });

  it('waits for as long as Discord asks for', async () => {
    discord.faults.rateLimit({ retryAfter: 3, path: /gateway/ });
    const first = discord.waitFor('request');
    const started = start();
    const { at } = await first;
    const second = await discord.waitFor('request', ({ path: asked }) => asked.endsWith('/gateway/bot'));
    expect(second.at - at).toBeGreaterThanOrEqual(2990);
    await discord.ready();
    expect(messagesOf(started.stderr)).toEqual([
      expect.stringMatching(/^Cannot reach Discord \(Discord answered 429\)/),
    ]);
  });

  it('takes over a token that is corrected meanwhile', async () => {
    discord.tokens.revoke(TOKEN);
    discord.tokens.add(ANOTHER_TOKEN);
    const away = discord.faults.fail({ status: 503, times: 1000 });
    const started = start();
    await started.waitForOutput('Cannot reach Discord (Discord answered 503)');
    save({ DISCORD_TOKEN: ANOTHER_TOKEN });
    await started.waitForOutput('1 secret changed');
    away.cancel();
    await discord.ready();
    await started.waitForOutput('Logged in as');
    expect(started.output).not.toContain('Discord refused');
  });

  it('answers a SIGHUP, and ends with 0 when it is told to', async () => {
    discord.faults.fail({ status: 503, times: 1000 });
    const started = start();
    await started.waitForOutput('Cannot reach Discord');
    save({ BOT_PREFIX: '?' });
    started.signal('SIGHUP');
    await started.waitForOutput('SIGHUP acknowledged');
    started.signal('SIGTERM');
    expect(await started.exit).toEqual({ code: 0, signal: null });
  });

  it('keeps trying when the gateway alone is away', async () => {
    discord.faults.refuseGateway();
    const started = start();
    for (let attempt = 0; attempt < 3; attempt++) await discord.waitFor('refused');
    discord.faults.restoreGateway();
    await discord.ready();
    expect(messagesOf(started.stderr)).toEqual([
      'Shard 0 cannot connect to the gateway (close code 1006); trying again',
    ]);
  });
});

describe('a bot that Discord refuses the Message Content intent', () => {
  it('goes on without it, says what does not work, and answers slash commands and mentions', async () => {
    discord.faults.disallowIntents(MESSAGE_CONTENT);
    const started = start();
    await discord.ready();
    expect(messagesOf(started.stderr)).toEqual([
      expect.stringMatching(
        /^Discord refused the Message Content intent: .* prefix commands in servers do not\./,
      ),
    ]);
    expect((discord.bot.intents ?? 0) & MESSAGE_CONTENT).toBe(0);
    const [home] = discord.world.guilds.values();
    if (home === undefined) throw new Error('there is no server');
    const { owner: user, channel } = home;
    const asked = await discord.slash({ user, channel, command: 'config-help' });
    expect((await asked.reply()).text).toContain('Configuration help');
    const mention = `<@${discord.bot.user.id}> config-help`;
    const answer = await discord.answerTo(await discord.say({ user, channel, content: mention }));
    expect(answer.text).toContain('Configuration help');
  });
});

describe('slash commands that Discord does not accept at first', () => {
  it('are registered later, with one line for each attempt', async () => {
    const failing = discord.faults.fail({ status: 500, method: 'PUT', path: /\/commands$/, times: 2 });
    const started = start();
    await discord.ready();
    await started.waitForOutput('The slash commands are registered');
    expect(failing.hits).toBe(2);
    const line = expect.stringMatching(
      /^Cannot register the slash commands \(Discord answered 500\); trying again in \d s$/,
    );
    expect(messagesOf(started.stderr)).toEqual([line, line]);
  });
});

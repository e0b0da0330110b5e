import { Events, GatewayIntentBits } from 'discord.js';
import type { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { clientOf, sendableChannel, startDiscord, startHome, TOKEN } from '../fixture.js';

/** discord.js hangs when it is destroyed in the middle of a login, so a test has to see the end of it. */
function readyAgain(client: Client): Promise<unknown> {
  return new Promise((resolve) => {
    client.once(Events.ShardReady, resolve);
  });
}

describe('requests', () => {
  it('succeed after a 429 and after a failure of the server', async () => {
    const home = await startHome();
    const { discord, guild } = home;
    const channel = await sendableChannel(home);
    const limited = discord.faults.rateLimit({ retryAfter: 0.05, method: 'POST', path: /messages$/ });
    const failed = discord.faults.fail({ status: 503, method: 'POST', path: /messages$/ });
    await channel.send('at last');
    expect([limited.hits, failed.hits]).toEqual([1, 1]);
    expect(discord.messagesIn(guild.channel).map(({ content }) => content)).toEqual(['at last']);
  });

  it('are delayed, and cut off, on order', async () => {
    const home = await startHome();
    const channel = await sendableChannel(home);
    home.discord.faults.delay({ ms: 40, path: /typing/ });
    const start = performance.now();
    await channel.sendTyping();
    expect(performance.now() - start).toBeGreaterThanOrEqual(39);
    home.discord.faults.cut({ path: /typing/ });
    await expect(channel.sendTyping()).rejects.toThrow('other side closed');
  });
});

describe('the gateway', () => {
  it('is left, and resumed, by a client whose heartbeats it does not acknowledge', async () => {
    const { discord } = await startHome({ heartbeatIntervalMs: 100 });
    const resumed = discord.waitFor('resume');
    const left = discord.waitFor('disconnect');
    discord.faults.ignoreHeartbeats();
    await left;
    discord.faults.ignoreHeartbeats(false);
    expect((await resumed).replayed).toBe(0);
  });

  it('closes a login with disallowed intents with 4014', async () => {
    const discord = await startDiscord();
    discord.faults.disallowIntents(GatewayIntentBits.MessageContent);
    const closed = discord.waitFor('disconnect');
    await expect(clientOf(discord).login(TOKEN)).rejects.toThrow('disallowed intents');
    expect((await closed).code).toBe(4014);
  });

  it('is resumed after it asked for a reconnect', async () => {
    const { discord } = await startHome();
    const resumed = discord.waitFor('resume');
    discord.faults.askToReconnect();
    expect((await resumed).replayed).toBe(0);
  });

  it('is resumed after a resumable invalid session', async () => {
    const { discord } = await startHome();
    const resumed = discord.waitFor('resume');
    discord.faults.invalidateSessions({ resumable: true });
    await resumed;
    expect(discord.bot).toMatchObject({ connected: true, identifies: 1 });
  });

  it('is logged in to anew after an invalid session', async () => {
    const { discord, client } = await startHome();
    const back = readyAgain(client);
    discord.faults.invalidateSessions();
    await back;
    expect(discord.bot).toMatchObject({ connected: true, identifies: 2, resumes: 0 });
  });

  it('refuses to resume a session that it forgot', async () => {
    const { discord, client } = await startHome();
    const back = readyAgain(client);
    const login = discord.waitFor('identify');
    discord.faults.forgetSessions();
    expect((await login).afterInvalidation).toBe(true);
    await back;
    expect(discord.bot.resumes).toBe(0);
  });
});

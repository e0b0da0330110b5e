import { ActivityType, Events, GatewayIntentBits } from 'discord.js';
import type { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { clientOf, startDiscord, startHome, TOKEN } from './fixture.js';

/** discord.js hangs when it is destroyed in the middle of a login, so a test has to see the end of it. */
function readyAgain(client: Client): Promise<unknown> {
  return new Promise((resolve) => {
    client.once(Events.ShardReady, resolve);
  });
}

describe('the gateway', () => {
  it('lets discord.js log in and shows it its guild, its own membership and its owner', async () => {
    const { client, guild, discord } = await startHome({ owner: { name: 'olivia' } });

    const seen = client.guilds.cache.get(guild.id);
    expect(seen?.name).toBe('Home');
    expect(seen?.members.me?.id).toBe(discord.world.bot.id);
    expect(seen?.members.me?.permissions.has('SendMessages')).toBe(true);
    expect((await client.application.fetch()).owner?.id).toBe(discord.world.owner.id);
    expect(discord.bot).toMatchObject({ connected: true, sessions: 1, identifies: 1, resumes: 0 });
  });

  it('shows a team with the members that have not accepted yet', async () => {
    const team = { members: [{ name: 'ann' }, { name: 'ben', accepted: false }] };
    const { client } = await startHome({ team });

    const { owner } = await client.application.fetch();
    expect(
      owner && 'members' in owner && owner.members.map((each) => [each.user.username, each.membershipState]),
    ).toEqual([
      ['ann', 2],
      ['ben', 1],
    ]);
  });

  it('refuses a wrong token on REST and on the gateway', async () => {
    const discord = await startDiscord();
    await expect(clientOf(discord).login('wrong')).rejects.toThrow('invalid token');
    expect(discord.bot.identifies).toBe(0);
    expect(discord.violations).toEqual([]);
  });

  it('closes a login with disallowed intents with 4014', async () => {
    const discord = await startDiscord();
    discord.faults.disallowIntents(GatewayIntentBits.MessageContent);
    const closed = discord.waitFor('disconnect');
    await expect(clientOf(discord).login(TOKEN)).rejects.toThrow('disallowed intents');
    expect((await closed).code).toBe(4014);
  });

  it('records the presence of the login and its updates', async () => {
    const { client, discord } = await startHome();
    const update = discord.waitFor('presence');
    client.user.setActivity('the file', { type: ActivityType.Watching });
    expect((await update).activities).toMatchObject([{ name: 'the file', type: ActivityType.Watching }]);
    expect(discord.bot.presence).toBe(await update);
  });

  it('replays to a resumed session what happened while it was cut off', async () => {
    const { discord, client, guild, alice } = await startHome();
    const heard = new Promise<string>((resolve) => {
      client.once(Events.MessageCreate, ({ content }) => resolve(content));
    });
    discord.faults.refuseGateway();
    const gone = discord.waitFor('disconnect');
    discord.faults.dropGateway();
    await gone;
    expect(discord.bot.connected).toBe(false);
    await discord.say({ user: alice, channel: guild.channel, content: 'missed?' });

    const resumed = discord.waitFor('resume');
    discord.faults.restoreGateway();
    expect(await heard).toBe('missed?');
    expect((await resumed).replayed).toBe(1);
    expect(discord.bot).toMatchObject({ identifies: 1, resumes: 1 });
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

  it('gives every shard its own guilds', async () => {
    const discord = await startDiscord({ shards: 2 });
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names) discord.world.addGuild(name);
    const client = clientOf(discord, { shards: 'auto' });
    const loggedIn = new Promise((resolve) => {
      client.once(Events.ClientReady, resolve);
    });
    await client.login(TOKEN);
    await loggedIn;
    await discord.ready({ commands: false });
    expect(discord.bot.sessions).toBe(2);
    expect(client.guilds.cache.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });

  it('is ready again only when a new process has registered its commands', async () => {
    const { discord, client } = await startHome();
    await client.application.commands.set([]);
    await discord.ready();
    await client.destroy();

    const next = clientOf(discord);
    const loggedIn = new Promise<Client<true>>((resolve) => {
      next.once(Events.ClientReady, resolve);
    });
    await next.login(TOKEN);
    const { application } = await loggedIn;
    await expect(discord.ready({ timeoutMs: 5 })).rejects.toThrow('registered commands');
    await application.commands.set([]);
    await discord.ready();
  });

  it('tells of guilds that come and go', async () => {
    const { discord, client } = await startHome();
    const joined = new Promise((resolve) => {
      client.once(Events.GuildCreate, ({ name }) => resolve(name));
    });
    const left = new Promise((resolve) => {
      client.once(Events.GuildDelete, ({ name }) => resolve(name));
    });
    const second = discord.world.addGuild('Second');
    expect(await joined).toBe('Second');
    discord.world.removeGuild(second);
    expect(await left).toBe('Second');
  });

  it('hides contents from a session without the MessageContent intent, except when it is mentioned', async () => {
    const discord = await startDiscord();
    const alice = discord.world.addUser('alice');
    const guild = discord.world.addGuild('Home', { members: [{ user: alice }] });
    const client = clientOf(discord, {
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
    });
    const heard: string[] = [];
    const both = new Promise<void>((resolve) => {
      client.on(Events.MessageCreate, ({ content }) => {
        if (heard.push(content) === 2) resolve();
      });
    });
    await client.login(TOKEN);
    await discord.ready({ commands: false });
    await discord.say({ user: alice, channel: discord.world.directMessage(alice), content: 'no intent' });
    await discord.say({ user: alice, channel: guild.channel, content: 'secret' });
    await discord.say({ user: alice, channel: guild.channel, content: 'open', mentionBot: true });
    await both;
    expect(heard).toEqual(['', `<@${discord.world.bot.id}> open`]);
  });
});

import { ActivityType, Events, GatewayOpcodes as Op } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { clientOf, startDiscord, startHome, TOKEN } from '../fixture.js';
import { connect, LOGIN } from './raw-connection.js';

describe('the gateway', () => {
  it.each([
    ['a token that nobody has', 4004, { token: 'wrong' }],
    ['intents that do not exist', 4013, { intents: 1 << 30 }],
    ['no intents', 4013, { intents: undefined }],
    ['a shard beyond the last', 4010, { shard: [2, 2] }],
  ])('closes a login with %s with %i', async (_what, code, part) => {
    const discord = await startDiscord();
    const connection = await connect(discord);
    connection.send(Op.Identify, { ...LOGIN, ...part });
    expect(await connection.closed).toBe(code);
    expect(discord.bot.identifies).toBe(0);
  });

  it('resumes neither a session that it does not know nor one from what it has yet to say', async () => {
    const discord = await startDiscord();
    const first = await connect(discord);
    first.send(Op.Identify, LOGIN);
    const { d } = await first.next(({ t }) => t === 'READY');
    for (const session of [
      { session_id: 'nobody’s', seq: 1 },
      { session_id: d.session_id, seq: 1000 },
    ]) {
      const next = await connect(discord);
      next.send(Op.Resume, { token: TOKEN, ...session });
      expect((await next.opcode(Op.InvalidSession)).d).toBe(false);
    }
    expect(discord.bot.resumes).toBe(0);
  });

  it('refuses a wrong token on REST and on the gateway', async () => {
    const discord = await startDiscord();
    await expect(clientOf(discord).login('wrong')).rejects.toThrow('invalid token');
    expect(discord.bot.identifies).toBe(0);
    expect(discord.violations).toEqual([]);
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

  it('neither resumes nor takes a login with a token that was reset', async () => {
    const discord = await startDiscord();
    const first = await connect(discord);
    first.send(Op.Identify, LOGIN);
    const { d } = await first.next(({ t }) => t === 'READY');
    discord.tokens.reset(TOKEN, 'new', { disconnect: false });
    first.send(Op.Heartbeat, 1);
    expect(await first.opcode(Op.HeartbeatAck)).toBeDefined();
    const resuming = await connect(discord);
    resuming.send(Op.Resume, { token: TOKEN, session_id: d.session_id, seq: 1 });
    expect(await resuming.closed).toBe(4004);
    const late = await connect(discord);
    late.send(Op.Identify, LOGIN);
    expect(await late.closed).toBe(4004);
    const next = await connect(discord);
    next.send(Op.Resume, { token: 'new', session_id: d.session_id, seq: 1 });
    expect(await next.next(({ t }) => t === 'RESUMED')).toBeDefined();
  });
});

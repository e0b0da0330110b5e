import { describe, expect, it } from 'vitest';

import { startHome } from '../../fixture.js';

describe('the world', () => {
  it('is shown to the bot: users, guilds, members and channels', async () => {
    const { client, guild, alice } = await startHome();
    expect((await client.users.fetch(alice.id, { force: true })).username).toBe('alice');
    expect((await client.guilds.fetch({ guild: guild.id, force: true })).name).toBe('Home');
    const seen = client.guilds.cache.get(guild.id);
    const member = await seen?.members.fetch({ user: alice.id, force: true });
    expect(member?.roles.cache.has(guild.administrators.id)).toBe(true);
    const channel = await client.channels.fetch(guild.channel.id, { force: true });
    expect(channel).toMatchObject({ name: 'general' });
    expect(await (await client.users.fetch(alice.id)).createDM()).toMatchObject({ recipientId: alice.id });
  });

  it.each([
    ['user', '/users/1', 10_013],
    ['guild', '/guilds/1', 10_004],
    ['channel', '/channels/1', 10_003],
  ] as const)('has no %s that does not exist', async (_what, route, code) => {
    const { client } = await startHome();
    await expect(client.rest.get(route)).rejects.toMatchObject({ code });
  });

  it('has no member that does not exist', async () => {
    const { client, guild } = await startHome();
    await expect(client.rest.get(`/guilds/${guild.id}/members/1`)).rejects.toMatchObject({ code: 10_007 });
  });
});

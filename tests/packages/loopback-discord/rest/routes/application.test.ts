import { describe, expect, it } from 'vitest';

import { startHome } from '../../fixture.js';

describe('the application', () => {
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

  it('shows the bot itself, which a revoked token no longer does', async () => {
    const { client, discord } = await startHome();
    expect(await client.rest.get('/users/@me')).toMatchObject({ id: discord.world.bot.id, bot: true });
    discord.tokens.revoke('a-token-of-the-sandbox');
    await expect(client.rest.get('/users/@me')).rejects.toMatchObject({ status: 401 });
  });
});

describe('commands', () => {
  it('keep their ids when they are registered again', async () => {
    const { discord, client, guild } = await startHome();
    const registered = discord.waitFor('commands');
    const first = await client.application.commands.set([{ name: 'reload', description: 'old' }]);
    expect((await registered).commands).toMatchObject([{ name: 'reload', description: 'old' }]);
    const second = await client.application.commands.set([{ name: 'reload', description: 'new' }]);
    expect([...second.keys()]).toEqual([...first.keys()]);
    await client.application.commands.set([{ name: 'local', description: 'here' }], guild.id);
    expect(discord.commands().map(({ name }) => name)).toEqual(['reload']);
    expect(discord.commands(guild).map(({ name }) => name)).toEqual(['local']);
  });

  it('are refused when Discord would refuse them', async () => {
    const { client, discord } = await startHome();
    const body = [{ name: 'Reload', description: '', options: [{ type: 3, name: 'a b', description: 'x' }] }];
    await expect(client.rest.put(`/applications/${discord.world.bot.id}/commands`, { body })).rejects.toThrow(
      'Invalid Form Body',
    );
    expect(discord.violations[0]?.detail).toMatch(/"name".*"description".*"options"/);
  });
});

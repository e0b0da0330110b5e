import { describe, expect, it } from 'vitest';

import { clientOf, startHome, TOKEN } from '../fixture.js';

describe('requests', () => {
  it('are recorded whole, with a fingerprint in place of the token', async () => {
    const { discord, client, guild } = await startHome();
    await client.rest.post(`/channels/${guild.channel.id}/messages`, { body: { content: 'look' } });
    const last = discord.requests.at(-1);
    expect(last).toMatchObject({ method: 'POST', body: '{"content":"look"}' });
    expect(last?.headers['authorization']).toMatch(/^sha256:/);
    expect(JSON.stringify([discord.requests, discord.gatewayReceived])).not.toContain(TOKEN);
  });

  it('to an unknown route are refused and recorded', async () => {
    const { discord, client } = await startHome();
    await expect(client.rest.get('/nowhere')).rejects.toThrow('404');
    expect(discord.violations).toMatchObject([{ kind: 'unknown-route' }]);
  });

  it('with a revoked token are refused, and its sessions closed', async () => {
    const { discord, client } = await startHome();
    discord.tokens.add('rotated');
    const closed = discord.waitFor('disconnect');
    discord.tokens.revoke(TOKEN, { disconnect: true });
    expect((await closed).code).toBe(4004);
    await expect(client.rest.get('/users/@me')).rejects.toThrow('401');
    await clientOf(discord).login('rotated');
    expect(discord.bot.identifies).toBe(2);
  });

  it('that are cut do nothing, so that a repeated one is not done twice', async () => {
    const { discord, client, guild } = await startHome();
    discord.faults.cut({ path: /messages/ });
    const sent = client.rest.post(`/channels/${guild.channel.id}/messages`, { body: { content: 'x' } });
    await expect(sent).rejects.toThrow('other side closed');
    expect(discord.messagesIn(guild.channel)).toEqual([]);
  });

  it('with what is no JSON are refused', async () => {
    const { discord, guild } = await startHome();
    const answer = await fetch(`${discord.apiUrl}/v10/channels/${guild.channel.id}/messages`, {
      method: 'POST',
      body: '{',
      headers: { authorization: `Bot ${TOKEN}` },
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 50_109 }]);
  });
});

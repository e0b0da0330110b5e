import { describe, expect, it } from 'vitest';

import { onSlash, startHome } from '../fixture.js';
import { RELOAD } from '../reload-command.js';

describe('an interaction', () => {
  it('cannot be answered once its token is too old, nor before it was acknowledged', async () => {
    const home = await startHome({ interactionLifetimeMs: 0 });
    const { discord, guild, alice } = home;
    const refusals = new Promise<string[]>((resolve) => {
      void onSlash(home, RELOAD, async (interaction) => {
        const { webhook } = interaction;
        const early = await webhook.send('early').catch(String);
        await interaction.deferReply();
        const late = await interaction.editReply('late').catch(String);
        resolve([String(early), String(late)]);
      });
    });
    await discord.ready();
    await discord.slash({ user: alice, channel: guild.channel, command: 'reload' });
    expect(await refusals).toEqual([expect.stringContaining('[10015]'), expect.stringContaining('[50027]')]);
    expect(discord.violations.map(({ kind }) => kind)).toEqual(['interaction', 'interaction']);
  });

  it('is lost without a callback in time, and a later callback is refused', async () => {
    const home = await startHome({ interactionDeadlineMs: 30 });
    const { discord, guild, alice } = home;
    const late = discord.waitFor('violation', ({ kind }) => kind === 'interaction');
    await onSlash(home, RELOAD, async (interaction) => {
      await discord.waitFor('violation', ({ kind }) => kind === 'unanswered');
      await interaction.reply('too late');
    });
    const asked = await discord.slash({ user: alice, channel: guild.channel, command: 'reload' });
    await expect(asked.acknowledged).rejects.toThrow('did not respond');
    await expect(asked.reply()).rejects.toThrow('did not respond');
    expect((await late).detail).toContain('10062');
  });

  it('refuses a second callback', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    const refused = discord.waitFor('violation');
    await onSlash(home, RELOAD, async (interaction) => {
      const { id, token } = interaction;
      const again = { body: { type: 4, data: { content: 'again' } }, auth: false };
      await interaction.reply('once');
      await interaction.client.rest.post(`/interactions/${id}/${token}/callback`, again);
    });
    await discord.slash({ user: alice, channel: guild.channel, command: 'reload' });
    const { kind, detail } = await refused;
    expect(kind).toBe('interaction');
    expect(detail).toContain('40060');
  });
});

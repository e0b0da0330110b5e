import { describe, expect, it } from 'vitest';

import { startHome } from '../fixture.js';

describe('a login', () => {
  it('lets discord.js log in and shows it its guild, its own membership and its owner', async () => {
    const { client, guild, discord } = await startHome({ owner: { name: 'olivia' } });

    const seen = client.guilds.cache.get(guild.id);
    expect(seen?.name).toBe('Home');
    expect(seen?.members.me?.id).toBe(discord.world.bot.id);
    expect(seen?.members.me?.permissions.has('SendMessages')).toBe(true);
    expect((await client.application.fetch()).owner?.id).toBe(discord.world.owner.id);
    expect(discord.bot).toMatchObject({ connected: true, sessions: 1, identifies: 1, resumes: 0 });
  });
});

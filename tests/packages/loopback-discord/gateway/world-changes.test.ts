import { Events } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { startHome } from '../fixture.js';

describe('the gateway', () => {
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
});

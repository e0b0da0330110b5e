import { Events } from 'discord.js';
import type { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { clientOf, startDiscord, startHome } from './fixture.js';
import { TOKEN } from './fixture.js';

describe('the server', () => {
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
});

describe('waits', () => {
  it('reject in time, saying what was awaited', async () => {
    const discord = await startDiscord();
    await expect(discord.ready({ timeoutMs: 5 })).rejects.toThrow(
      'waited 5 ms for a bot with registered commands',
    );
    await expect(discord.waitFor('resume', undefined, 5)).rejects.toThrow('the event "resume"');
  });

  it('end when the server stops', async () => {
    const discord = await startDiscord();
    const ready = discord.ready();
    await Promise.all([expect(ready).rejects.toThrow('stopped'), discord.stop()]);
  });
});

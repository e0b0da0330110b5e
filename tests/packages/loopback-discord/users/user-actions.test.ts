import { Events } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { onSlash, startHome } from '../fixture.js';
import { RELOAD } from '../reload-command.js';

describe('a slash command', () => {
  it('cannot be sent by a user whom Discord would not offer it to, unless forced', async () => {
    const home = await startHome();
    const { discord, guild, alice, bob } = home;
    await onSlash(home, RELOAD, (interaction) => interaction.reply('hello'));
    const { channel } = guild;
    await expect(discord.slash({ user: alice, channel, command: 'nothing' })).rejects.toThrow(
      'no command /nothing',
    );
    await expect(
      discord.slash({ user: alice, channel, command: 'reload', options: { wet: true } }),
    ).rejects.toThrow('no option "wet"');
    await expect(
      discord.slash({ user: alice, channel, command: 'reload', options: { dry_run: 'yes' } }),
    ).rejects.toThrow('not a boolean');
    await expect(discord.slash({ user: bob, channel, command: 'reload' })).rejects.toThrow('not open to bob');
    const forced = await discord.slash({ user: bob, channel, command: 'reload', force: true });
    expect((await forced.reply()).content).toBe('hello');
  });
});

describe('an autocomplete', () => {
  const STATUS = {
    name: 'status',
    description: 'Shows',
    options: [{ type: 3, name: 'setting', description: 'Which', autocomplete: true }],
  };

  it('gives the choices that the bot offers for what is typed', async () => {
    const home = await startHome();
    await onSlash(home, STATUS, async () => undefined);
    home.client.on(Events.InteractionCreate, (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      void interaction.respond([{ name: `${name} ${value}`, value: 'LOG_LEVEL' }]);
    });
    const typed = {
      user: home.alice,
      channel: home.guild.channel,
      command: 'status',
      option: 'setting',
      value: 'LOG',
    };
    expect(await home.discord.autocomplete(typed)).toEqual([{ name: 'setting LOG', value: 'LOG_LEVEL' }]);
  });

  it('refuses choices of another type than the option in question', async () => {
    const home = await startHome();
    const count = { type: 4, name: 'count', description: 'How many', autocomplete: true };
    const take = { type: 1, name: 'take', description: 'Takes', options: [count] };
    await onSlash(home, { ...STATUS, options: [take] }, async () => undefined);
    home.client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isAutocomplete())
        void interaction.respond([{ name: 'One', value: 'one' }]).catch(() => undefined);
    });
    const refused = home.discord.waitFor('violation');
    const typed = {
      user: home.alice,
      channel: home.guild.channel,
      command: 'status take',
      option: 'count',
      value: '',
    };
    const answer = home.discord.autocomplete({ ...typed, timeoutMs: 200 });
    expect((await refused).detail).toContain('Value is not an int');
    await expect(answer).rejects.toThrow('choices for "count"');
  });

  it('refuses more than 25 choices', async () => {
    const home = await startHome();
    await onSlash(home, STATUS, async () => undefined);
    home.client.on(Events.InteractionCreate, (interaction) => {
      const choices = Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: `${index}` }));
      if (interaction.isAutocomplete()) void interaction.respond(choices).catch(() => undefined);
    });
    const refused = home.discord.waitFor('violation');
    const typed = {
      user: home.alice,
      channel: home.guild.channel,
      command: 'status',
      option: 'setting',
      value: '',
    };
    const answer = home.discord.autocomplete({ ...typed, timeoutMs: 200 });
    expect((await refused).detail).toContain('Must be 25 or fewer');
    await expect(answer).rejects.toThrow('choices for "setting"');
  });
});

describe('a message', () => {
  it('cannot be empty, nor come from a user who is not there', async () => {
    const { discord, guild, alice } = await startHome();
    const { channel } = guild;
    await expect(discord.say({ user: alice, channel })).rejects.toThrow('empty message');
    const eve = discord.world.addUser('eve');
    await expect(discord.say({ user: eve, channel, content: 'hi' })).rejects.toThrow('not a member');
  });
});

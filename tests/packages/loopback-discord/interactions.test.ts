import { ActionRowBuilder, ButtonBuilder, ButtonStyle, Events, MessageFlags, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { onSlash, startHome } from './fixture.js';

const RELOAD = {
  name: 'reload',
  description: 'Reloads',
  default_member_permissions: '8',
  options: [{ type: 5, name: 'dry_run', description: 'Only looks' }],
};

describe('a slash command', () => {
  it('is deferred, edited and seen by its user alone', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    await onSlash(home, RELOAD, async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const dry = interaction.options.getBoolean('dry_run');
      await interaction.editReply({
        content: 'done',
        embeds: [{ title: 'dry', fields: [{ name: 'run', value: `${dry}` }] }],
      });
    });
    await discord.ready();

    const asked = await discord.slash({
      user: alice,
      channel: guild.channel,
      command: 'reload',
      options: { dry_run: true },
    });
    expect(await asked.acknowledged).toMatchObject({ type: 5 });
    const reply = await asked.reply();
    expect(reply).toMatchObject({ content: 'done', ephemeral: true, text: 'done\ndry\nrun\ntrue' });
    expect(discord.violations).toEqual([]);
  });

  it('keeps the history of edits and the followups', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    await onSlash(home, RELOAD, async (interaction) => {
      await interaction.reply('one');
      await interaction.editReply('two');
      await interaction.followUp({ content: 'three', flags: MessageFlags.Ephemeral });
    });
    const followup = discord.waitFor('message', ({ content }) => content === 'three');
    const asked = await discord.slash({ user: alice, channel: guild.channel, command: 'reload' });
    await followup;
    expect(
      asked.messages.map(({ versions, ephemeral }) => [versions.map(({ content }) => content), ephemeral]),
    ).toEqual([
      [['one', 'two'], false],
      [['three'], true],
    ]);
    expect(asked.edits.map(({ text }) => text)).toEqual(['two']);
  });

  it('takes the first followup of a deferred answer as the answer', async () => {
    const home = await startHome();
    await onSlash(home, RELOAD, async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.followUp('late');
    });
    const asked = await home.discord.slash({
      user: home.alice,
      channel: home.guild.channel,
      command: 'reload',
    });
    expect(await asked.reply()).toMatchObject({ content: 'late', ephemeral: true });
    expect(asked.messages).toHaveLength(1);
  });

  it('stays public when it was deferred in public, whatever an edit or a followup asks for', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    const flags = MessageFlags.Ephemeral;
    await onSlash(home, RELOAD, async (interaction) => {
      await interaction.deferReply();
      const body = { content: 'for all to see', flags };
      await interaction.client.rest.patch(
        Routes.webhookMessage(interaction.applicationId, interaction.token),
        { body, auth: false },
      );
    });
    const asked = await discord.slash({ user: alice, channel: guild.channel, command: 'reload' });
    expect(await asked.reply()).toMatchObject({ content: 'for all to see', ephemeral: false });
  });

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

  it('refuses an embed that is too long, with the place of the fault, and records it', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    const failure = new Promise((resolve) => {
      void onSlash(home, RELOAD, async (interaction) => {
        await interaction.reply({ embeds: [{ title: 't'.repeat(257), description: 'd' }] }).catch(resolve);
      });
    });
    await discord.ready();
    await discord.slash({ user: alice, channel: guild.channel, command: 'reload' });
    expect(await failure).toMatchObject({
      code: 50_035,
      rawError: {
        errors: { data: { embeds: { 0: { title: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } } } } },
      },
    });
    expect(discord.violations.map(({ kind }) => kind)).toEqual(['invalid-body']);
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

describe('a button', () => {
  it('updates its message', async () => {
    const home = await startHome();
    const button = new ButtonBuilder().setCustomId('again').setLabel('Again').setStyle(ButtonStyle.Primary);
    const components = [new ActionRowBuilder<ButtonBuilder>().addComponents(button)];
    await onSlash(home, RELOAD, (interaction) => interaction.reply({ content: 'press', components }));
    home.client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isButton()) void interaction.update('pressed');
    });
    const asked = await home.discord.slash({
      user: home.alice,
      channel: home.guild.channel,
      command: 'reload',
    });
    const { message } = await asked.reply();
    const pressed = await home.discord.press({ user: home.alice, message, customId: 'again' });
    expect((await pressed.reply()).message).toBe(message);
    expect(message.versions.map(({ content }) => content)).toEqual(['press', 'pressed']);
  });
});

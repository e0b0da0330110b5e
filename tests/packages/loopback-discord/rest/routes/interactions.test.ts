import { ActionRowBuilder, ButtonBuilder, ButtonStyle, Events, MessageFlags, Routes } from 'discord.js';
import { StringSelectMenuBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { onSlash, startHome } from '../../fixture.js';
import { RELOAD } from '../../reload-command.js';

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

  it('tells its caller what it showed, when asked to', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    const told = new Promise<unknown>((resolve) => {
      void onSlash(home, RELOAD, async (interaction) => {
        const { interaction: callback, resource } = await interaction.reply({
          content: 'hi',
          withResponse: true,
        });
        resolve([
          callback.type,
          callback.responseMessageId === resource?.message?.id,
          resource?.message?.content,
        ]);
      });
    });
    await discord.ready();
    await discord.slash({ user: alice, channel: guild.channel, command: 'reload' });
    expect(await told).toEqual([2, true, 'hi']);
  });
});

describe('a component', () => {
  it('that is a button updates its message', async () => {
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

  it('that is a select tells what was selected', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    const select = new StringSelectMenuBuilder()
      .setCustomId('pick')
      .addOptions({ label: 'A', value: 'a' }, { label: 'B', value: 'b' });
    const components = [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select)];
    await onSlash(home, RELOAD, (interaction) => interaction.reply({ content: 'pick', components }));
    home.client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isStringSelectMenu()) void interaction.reply(interaction.values.join());
    });
    const asked = await discord.slash({ user: alice, channel: guild.channel, command: 'reload' });
    const { message } = await asked.reply();
    const picked = await discord.select({ user: alice, message, customId: 'pick', values: ['b'] });
    expect((await picked.reply()).content).toBe('b');
    await expect(discord.press({ user: alice, message, customId: 'pick' })).rejects.toThrow(
      'is not a button',
    );
    const wrong = discord.select({ user: alice, message, customId: 'pick', values: ['c'] });
    await expect(wrong).rejects.toThrow('not one of its options');
  });
});

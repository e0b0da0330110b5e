import { Events } from 'discord.js';
import { GatewayIntentBits } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { clientOf, onMessage, sendableChannel, startDiscord, startHome, TOKEN } from '../fixture.js';

describe('messages', () => {
  it('mention whom they reply to, and nobody in code', async () => {
    const home = await startHome();
    const { client, discord, guild, alice } = home;
    const said = { user: alice, channel: guild.channel };
    const mentioned: boolean[] = [];
    const all = new Promise<void>((resolve) => {
      onMessage(home, async ({ mentions }) => {
        if (mentioned.push(mentions.users.has(client.user.id)) === 3) resolve();
      });
    });
    const sent = await (await sendableChannel(home)).send('hello');
    const [repliesTo] = discord.messagesIn(guild.channel);
    expect(repliesTo?.id).toBe(sent.id);
    await discord.say({ ...said, content: 'a reply', ...(repliesTo && { repliesTo }) });
    await discord.say({ ...said, content: 'a mention', mentionBot: true });
    await discord.say({ ...said, content: `\`<@${client.user.id}>\`` });
    await all;
    expect(mentioned).toEqual([true, true, false]);
  });

  it('ping exactly whom the content and allowed_mentions let them', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    const channel = await sendableChannel(home);
    const content = `@everyone <@${alice.id}> <@&${guild.administrators.id}> \`@here\``;
    await channel.send(content);
    await channel.send({ content, allowedMentions: { parse: [] } });
    await channel.send({ content, allowedMentions: { parse: ['roles'], users: [alice.id] } });
    expect(discord.messagesIn(guild.channel).map(({ pings }) => pings)).toEqual([
      ['@everyone', '@alice', '@&Administrators'],
      [],
      ['@alice', '@&Administrators'],
    ]);
  });

  it('hide their contents from a session without the MessageContent intent, except when it is mentioned', async () => {
    const discord = await startDiscord();
    const alice = discord.world.addUser('alice');
    const guild = discord.world.addGuild('Home', { members: [{ user: alice }] });
    const client = clientOf(discord, {
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
    });
    const heard: string[] = [];
    const both = new Promise<void>((resolve) => {
      client.on(Events.MessageCreate, ({ content }) => {
        if (heard.push(content) === 2) resolve();
      });
    });
    await client.login(TOKEN);
    await discord.ready({ commands: false });
    await discord.say({ user: alice, channel: discord.world.directMessage(alice), content: 'no intent' });
    await discord.say({ user: alice, channel: guild.channel, content: 'secret' });
    await discord.say({ user: alice, channel: guild.channel, content: 'open', mentionBot: true });
    await both;
    expect(heard).toEqual(['', `<@${discord.world.bot.id}> open`]);
  });
});

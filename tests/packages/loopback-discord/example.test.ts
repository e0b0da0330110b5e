import { Client, Events, GatewayIntentBits } from 'discord.js';
import { LoopbackDiscord } from 'loopback-discord';
import { expect, it } from 'vitest';

it('answers !ping with pong', async () => {
  const discord = await LoopbackDiscord.start({ token: 'any-token' });
  const alice = discord.world.addUser('alice');
  const guild = discord.world.addGuild('Home', { members: [{ user: alice }] });

  // Your bot. Only the address of the API differs from the real one.
  const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
  const bot = new Client({
    intents: [Guilds, GuildMessages, MessageContent],
    rest: { api: discord.apiUrl },
  });
  bot.on(Events.MessageCreate, (message) => {
    if (message.content === '!ping') void message.reply('pong');
  });
  await bot.login('any-token');
  await discord.ready({ commands: false });

  const question = await discord.say({ user: alice, channel: guild.channel, content: '!ping' });
  const answer = await discord.answerTo(question);
  expect(answer.content).toBe('pong');
  expect(discord.violations).toEqual([]);

  await bot.destroy();
  await discord.stop();
});

import { Client, Events, GatewayIntentBits, Partials } from 'discord.js';
import type { ChatInputCommandInteraction, ClientOptions, Message as ClientMessage } from 'discord.js';
import { LoopbackDiscord } from 'loopback-discord';
import type { Guild, LoopbackOptions, User } from 'loopback-discord';
import { expect, onTestFinished } from 'vitest';

import { faultsOf } from '../../support/discord-schemas/answers.js';

export const TOKEN = 'a-token-of-the-sandbox';

/** An unchanged discord.js client that talks to the loopback Discord and to nothing else. */
export function clientOf(discord: LoopbackDiscord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.MessageContent,
      GatewayIntentBits.DirectMessages,
    ],
    partials: [Partials.Channel],
    rest: { api: discord.apiUrl },
    // discord.js spaces logins five seconds apart; Discord's own limit is not what is tested here.
    ws: { buildIdentifyThrottler: () => Promise.resolve({ waitForIdentify: () => Promise.resolve() }) },
    ...options,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** Fails the test when Discord would not have given one of the answers. */
export async function startDiscord(options: Partial<LoopbackOptions> = {}): Promise<LoopbackDiscord> {
  const discord = await LoopbackDiscord.start({ token: TOKEN, ...options });
  const faults: string[] = [];
  discord.on('answer', (answer) => faults.push(...faultsOf(answer)));
  onTestFinished(async () => {
    await discord.stop();
    expect(faults).toEqual([]);
  });
  return discord;
}

export interface Home {
  readonly discord: LoopbackDiscord;
  readonly client: Client<true>;
  readonly guild: Guild;
  /** An administrator. */
  readonly alice: User;
  /** An ordinary member. */
  readonly bob: User;
}

/** A guild with an administrator and a member, and a client that is logged in and ready. */
export async function startHome(options: Partial<LoopbackOptions> = {}): Promise<Home> {
  const discord = await startDiscord(options);
  const alice = discord.world.addUser('alice');
  const bob = discord.world.addUser('bob');
  const guild = discord.world.addGuild('Home', {
    members: [{ user: alice, administrator: true }, { user: bob }],
  });
  const client = clientOf(discord);
  const ready = new Promise<Client<true>>((resolve) => {
    client.once('clientReady', resolve);
  });
  await client.login(TOKEN);
  return { discord, client: await ready, guild, alice, bob };
}

/** Registers the command and answers it with `run`. */
export async function onSlash(
  { client }: Home,
  command: { name: string; description: string; [key: string]: unknown },
  run: (interaction: ChatInputCommandInteraction) => Promise<unknown>,
): Promise<void> {
  client.on('interactionCreate', (interaction) => {
    if (interaction.isChatInputCommand()) void run(interaction).catch(() => undefined);
  });
  await client.application.commands.set([command]);
}

/** Answers the next message of a user with `run`. */
export function onMessage(
  { client }: { client: Client },
  run: (message: ClientMessage) => Promise<unknown>,
): void {
  client.on(Events.MessageCreate, (message) => {
    if (!message.author.bot) void run(message).catch(() => undefined);
  });
}

/** The client's own view of the guild's first channel. */
export async function sendableChannel({ client, guild }: Home) {
  const channel = await client.channels.fetch(guild.channel.id);
  if (!channel?.isSendable()) throw new Error('the client does not see the channel');
  return channel;
}

// A Sapphire bot without features, as a baseline.
import { fileURLToPath } from 'node:url';

import { ApplicationCommandRegistries, RegisterBehavior, SapphireClient } from '@sapphire/framework';
import { GatewayIntentBits, Partials } from 'discord.js';

ApplicationCommandRegistries.setDefaultBehaviorWhenNotIdentical(RegisterBehavior.BulkOverwrite);

const client = new SapphireClient({
  baseUserDirectory: fileURLToPath(new URL('.', import.meta.url)),
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.DirectMessages,
    GatewayIntentBits.MessageContent,
  ],
  partials: [Partials.Channel],
  loadMessageCommandListeners: true,
  defaultPrefix: '!',
  rest: { api: process.env.DISCORD_API_URL },
});

process.on('SIGTERM', () => {
  void client.destroy().then(() => process.exit(0));
});

await client.login(process.env.DISCORD_TOKEN);

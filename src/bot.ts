import path from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  ApplicationCommandRegistries,
  container,
  RegisterBehavior,
  SapphireClient,
} from '@sapphire/framework';
import { GatewayIntentBits, Partials } from 'discord.js';

import { DiscordLink } from './lib/gateway/discord-link.js';
import type { Ending } from './lib/gateway/failures.js';
import type { ShardPlan } from './lib/gateway/shard-plan.js';
import { bundledPieces } from './lib/pieces/bundled-pieces.js';
import { loadStrictly } from './lib/pieces/piece-loading.js';
import { leaveRegistration } from './lib/pieces/registration.js';
import { type ServiceResources, ServiceStore } from './lib/pieces/service.js';
import { NO_PINGS } from './lib/replies/no-pings.js';

/** Holds the folders of the stores, unless the build is a bundle. */
const DIRECTORY = fileURLToPath(new URL('.', import.meta.url));

/** What a bot needs besides its configuration. */
export interface BotOptions extends Omit<ServiceResources, 'link'> {
  /** The base URL of Discord's REST API, without a version; default: Discord's own. */
  readonly apiUrl?: string;
  readonly shardPlan: ShardPlan;
  /** Aborted when the bot shuts down. */
  readonly ended: AbortSignal;
  /** Called when the gateway was closed for good and the bot can only end. */
  readonly onEnd: (ending: Ending) => void;
}

/**
 * Builds the client and loads its services, so that every other piece finds the configuration in place. Logging in
 * is left to the caller.
 *
 * @throws {PieceLoadError} when a service cannot be loaded; logging in throws it for any other piece.
 */
export async function createBot({
  apiUrl,
  shardPlan: { shards, count },
  ended,
  onEnd,
  ...resources
}: BotOptions): Promise<SapphireClient> {
  // One request that also removes commands that this bot no longer has.
  ApplicationCommandRegistries.setDefaultBehaviorWhenNotIdentical(RegisterBehavior.BulkOverwrite);

  const { config, logger } = resources;
  // discord.js puts a slash of its own behind it.
  const api = apiUrl === undefined ? {} : { api: apiUrl.replace(/(?<!\/)\/+$/, '') };
  const token = (): string => config.current.settings.DISCORD_TOKEN;
  const link = new DiscordLink({ logger, token, api, ended, onEnd });
  const client: SapphireClient = new SapphireClient({
    baseUserDirectory: bundledPieces === null ? DIRECTORY : null,
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.MessageContent,
    ],
    // Without it, discord.js drops messages of direct-message channels it has not seen before.
    partials: [Partials.Channel],
    loadMessageCommandListeners: true,
    caseInsensitiveCommands: true,
    fetchPrefix: () => container.config.settings.BOT_PREFIX,
    shards: shards === 'auto' ? shards : [...shards],
    ...(count !== null && { shardCount: count }),
    allowedMentions: NO_PINGS,
    logger: { instance: logger },
    ws: { buildStrategy: (manager) => link.buildStrategy(manager) },
    rest: {
      ...api,
      makeRequest: link.makeRequest,
      // @discordjs/rest keeps a queue of 0.6 kB for the token of each interaction, by default for an hour.
      handlerSweepInterval: 60_000,
    },
  });
  link.follow(client);
  if (shards !== 'auto' && !shards.includes(0)) leaveRegistration(client);

  const services = new ServiceStore({ ...resources, link });
  client.stores.register(services);
  for (const store of client.stores.values()) loadStrictly(store);
  if (bundledPieces === null) services.registerPath(path.join(DIRECTORY, services.name));
  else for (const piece of bundledPieces) await client.stores.loadPiece(piece);
  await services.loadAll();
  return client;
}

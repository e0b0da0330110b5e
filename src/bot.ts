import { fileURLToPath } from 'node:url';

import {
  ApplicationCommandRegistries,
  container,
  Events,
  RegisterBehavior,
  SapphireClient,
} from '@sapphire/framework';
import { GatewayIntentBits, Partials } from 'discord.js';

import { withCurrentToken } from './lib/gateway/current-token.js';
import { explainDisconnect, isRefusedToken } from './lib/gateway/failures.js';
import { RotatableShardingStrategy } from './lib/gateway/rotatable-sharding.js';
import { loadStrictly } from './lib/pieces/piece-loading.js';
import { type ServiceResources, ServiceStore } from './lib/pieces/service.js';
import { NO_PINGS } from './lib/replies/replies.js';

/** What a bot needs besides its configuration. */
export interface BotOptions extends Omit<ServiceResources, 'rotateGateway'> {
  /** The base URL of Discord's REST API, without a version; default: Discord's own. */
  readonly apiUrl?: string;
  /** Called when the gateway has closed for good and the bot can only end. */
  readonly onDisconnect: (reason: string) => void;
}

/**
 * Builds the client and loads its services, so that every other piece finds the configuration in place. Logging in
 * is left to the caller.
 *
 * @throws {PieceLoadError} when a service cannot be loaded; logging in throws it for any other piece.
 */
export async function createBot({ apiUrl, onDisconnect, ...resources }: BotOptions): Promise<SapphireClient> {
  // One request that also removes commands that this bot no longer has.
  ApplicationCommandRegistries.setDefaultBehaviorWhenNotIdentical(RegisterBehavior.BulkOverwrite);

  let sharding: RotatableShardingStrategy | null = null;
  const client: SapphireClient = new SapphireClient({
    baseUserDirectory: fileURLToPath(new URL('.', import.meta.url)),
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
    allowedMentions: NO_PINGS,
    logger: { instance: resources.logger },
    ws: {
      buildStrategy: (manager) => (sharding = new RotatableShardingStrategy(manager)),
    },
    rest: {
      makeRequest: withCurrentToken(() => client.token),
      // discord.js puts a slash of its own behind it.
      ...(apiUrl !== undefined && { api: apiUrl.replace(/\/+$/, '') }),
    },
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    // A revoked token can be replaced while the process lives; at the start it is simply the wrong one.
    if (client.readyTimestamp === null || !isRefusedToken(code)) onDisconnect(explainDisconnect(code));
  });

  const services = new ServiceStore({
    ...resources,
    rotateGateway: async (token) => sharding?.rotate(token),
  });
  services.registerPath(fileURLToPath(new URL('services', import.meta.url)));
  client.stores.register(services);
  for (const store of client.stores.values()) loadStrictly(store);
  await services.loadAll();
  return client;
}

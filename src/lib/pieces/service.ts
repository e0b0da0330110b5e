import { Piece, Store } from '@sapphire/framework';

import type { LiveConfig } from '../../config/index.js';
import type { settings } from '../../settings.js';
import type { DiscordLink } from '../gateway/discord-link.js';
import type { BotLogger } from '../log/bot-logger.js';

/** The live configuration of this bot. */
export type BotConfig = LiveConfig<typeof settings>;

/** What the process hands to its services. */
export interface ServiceResources {
  readonly config: BotConfig;
  readonly logger: BotLogger;
  /** What holds the bot and Discord together. */
  readonly link: DiscordLink;
}

/** A long-lived part of the bot that other pieces use through the container. */
export abstract class Service extends Piece<Piece.Options, 'services'> {}

/** The store of services. Load it before logging in: other pieces expect to find them in the container. */
export class ServiceStore extends Store<Service, 'services'> {
  #loaded: Promise<void> | null = null;

  public constructor(public readonly resources: ServiceResources) {
    super(Service, { name: 'services' });
  }

  /** Loads only once: the client asks again at login. */
  public override loadAll(): Promise<void> {
    this.#loaded ??= super.loadAll();
    return this.#loaded;
  }
}

declare module '@sapphire/framework' {
  interface StoreRegistryEntries {
    services: ServiceStore;
  }
}

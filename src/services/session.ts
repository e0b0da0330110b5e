import { container, Events, type Piece } from '@sapphire/framework';
import { type Client, DefaultRestOptions, DiscordAPIError, HTTPError, REST, Routes } from 'discord.js';

import { type BrokenRule, errorCode } from '../config/index.js';
import { isRefusedToken } from '../lib/gateway/failures.js';
import { Service } from '../lib/pieces/service.js';

/** How long Discord may take to say whose token a new one is. */
const VERIFY_LIMIT_MS = 5000;

/** How long Discord's word on who owns the application, or is in its team, is believed without asking again. */
const OWNERS_BELIEVED_MS = 600_000;

/** The session with Discord, which outlives its token: a changed DISCORD_TOKEN is verified first, then taken over. */
export class SessionService extends Service {
  #ownersKnownAt = -Infinity;
  #asking: Promise<void> | null = null;

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'session' });
    container.session = this;
  }

  public override onLoad(): void {
    const { client, config } = container;
    config.live.guard(['DISCORD_TOKEN'], ({ settings }) => this.#verify(settings.DISCORD_TOKEN));
    config.subscribe(['DISCORD_TOKEN'], ({ current }) => this.#moveTo(current.settings.DISCORD_TOKEN), {
      name: 'session with Discord',
    });
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (client.readyTimestamp !== null && isRefusedToken(code)) {
        this.container.logger.error(
          'Discord has revoked the token: the bot is offline. Set DISCORD_TOKEN to a new one; it is taken over without a restart.',
        );
      }
    });
  }

  /**
   * Sees to it that `client.application.owner` is known, which READY does not tell, and asks again after ten minutes:
   * teams change, and who has left one must not get in once more. Never rejects; without an answer of Discord's, what
   * was known stays.
   */
  public async knowOwners(): Promise<void> {
    const { client, config } = container;
    if (!client.isReady()) return;
    const age = config.live.clock.monotonic() - this.#ownersKnownAt;
    if (client.application.owner !== null && age < OWNERS_BELIEVED_MS) return;
    this.#asking ??= this.#askForOwners(client);
    await this.#asking;
  }

  async #askForOwners({ application }: Client<true>): Promise<void> {
    try {
      await application.fetch();
    } catch (error) {
      container.logger.warn('Discord could not be asked who owns the bot:', error);
    }
    this.#ownersKnownAt = container.config.live.clock.monotonic();
    this.#asking = null;
  }

  /**
   * Asks Discord whose token it is, without touching the running session: a client whose login fails is destroyed.
   */
  async #verify(token: string): Promise<readonly BrokenRule[]> {
    const { user, options } = container.client;
    if (user === null)
      return [objection('it cannot be verified before the bot is logged in', 'reload again later')];
    const rest = new REST({
      ...options.rest,
      // The client's own sends the token of the session, which is not the one to ask about.
      makeRequest: DefaultRestOptions.makeRequest,
      retries: 0,
      timeout: VERIFY_LIMIT_MS,
      // Not for one request: these start timers that nobody would stop.
      hashSweepInterval: 0,
      handlerSweepInterval: 0,
    }).setToken(token);
    try {
      const owner = await rest.get(Routes.user());
      return typeof owner === 'object' && owner !== null && 'id' in owner && owner.id === user.id
        ? []
        : [
            objection(
              'it belongs to another bot',
              `use a token of ${user.tag}, or start a new process for the other bot`,
            ),
          ];
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401) {
        return [
          objection(
            'Discord refuses it',
            'copy the token again from the Bot page of the Discord developer portal',
          ),
        ];
      }
      const reason =
        error instanceof DiscordAPIError || error instanceof HTTPError
          ? String(error.status)
          : (errorCode(error) ?? 'no answer');
      return [objection(`Discord could not be asked whose it is (${reason})`, 'reload again later')];
    }
  }

  async #moveTo(token: string): Promise<void> {
    const { client } = container;
    client.token = token;
    client.rest.setToken(token);
    await this.store.resources.rotateGateway(token);
    container.logger.info('The session with Discord has moved to the new token');
  }
}

function objection(problem: string, remedy: string): BrokenRule {
  return { key: 'DISCORD_TOKEN', problem: `the new token is refused: ${problem}`, remedy };
}

declare module '@sapphire/framework' {
  interface Container {
    session: SessionService;
  }
}

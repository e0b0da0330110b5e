import { container, type Piece } from '@sapphire/framework';
import { Routes } from 'discord.js';

import type { BrokenRule } from '../config/index.js';
import { reasonFor, singleRequest, tokenCheck, type Verdict } from '../lib/gateway/token-check.js';
import { type ApplicationFacts, ApplicationOwners } from '../lib/operations/application-owners.js';
import { Service } from '../lib/pieces/service.js';

/** How long Discord may take to answer. */
const ANSWER_LIMIT_MS = 5000;

/** The session with Discord, which outlives its token: a changed DISCORD_TOKEN is verified first, then taken over. */
export class SessionService extends Service {
  readonly #owners = new ApplicationOwners({
    ask: () => {
      const { options, token } = container.client;
      const { makeRequest, ...rest } = options.rest ?? {};
      const request = singleRequest({ ...rest, ...(makeRequest && { makeRequest }) }, ANSWER_LIMIT_MS);
      return request.setToken(token ?? '').get(Routes.currentApplication());
    },
    onFailure: (error) => {
      container.logger.warn(`Discord did not say who owns the bot (${reasonFor(error)})`);
    },
    now: () => container.config.live.clock.monotonic(),
  });

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'session' });
    container.session = this;
  }

  public override onLoad(): void {
    const { config } = container;
    config.live.guard(['DISCORD_TOKEN'], ({ settings }) => this.#objections(settings.DISCORD_TOKEN));
    config.live.on(
      ['DISCORD_TOKEN'],
      ({ current }) => {
        this.#takeOver(current.settings.DISCORD_TOKEN);
      },
      { name: 'session with Discord' },
    );
  }

  /** Whether Discord has refused the token in effect: nothing can be posted until there is another one. */
  public get tokenRefused(): boolean {
    return this.store.resources.link.keeper.refused;
  }

  /** Makes attempts that are due after a pause now: to reach Discord, or to have it accept the token. */
  public tryAgain(): void {
    this.store.resources.link.hurry();
  }

  /** @see ApplicationOwners.know */
  public knowApplication(): Promise<ApplicationFacts> {
    return this.#owners.know();
  }

  /** What there is against another token for this bot. */
  async #objections(token: string): Promise<readonly BrokenRule[]> {
    const { user, options } = container.client;
    // There is no session yet: the login itself will tell.
    if (user === null) return [];
    const verdict = await tokenCheck(options.rest ?? {}, ANSWER_LIMIT_MS)(token);
    if (verdict.kind !== 'accepted') return [objectionTo(verdict)];
    if (verdict.userId === user.id) return [];
    return [
      objection(
        'it belongs to another bot',
        `use a token of ${user.tag}, or start a new process for the other bot`,
      ),
    ];
  }

  /** Does not wait for the new session: in an outage it can be long in coming. */
  #takeOver(token: string): void {
    const { client, logger } = container;
    client.token = token;
    client.rest.setToken(token);
    if (client.isReady()) logger.info('The new token is verified; reconnecting');
    void this.#moveTo(token);
  }

  async #moveTo(token: string): Promise<void> {
    await this.store.resources.link.rotate(token);
    const { client, logger, config } = container;
    // A token that came later says so itself.
    if (client.isReady() && config.settings.DISCORD_TOKEN === token)
      logger.info('The session with Discord has moved to the new token');
  }
}

function objectionTo(verdict: Exclude<Verdict, { kind: 'accepted' }>): BrokenRule {
  if (verdict.kind === 'unavailable') {
    return {
      ...objection(
        `Discord could not be asked whose it is (${verdict.reason})`,
        'wait until it is tried again, or reload again later',
      ),
      passing: true,
    };
  }
  return objection(
    verdict.kind === 'unauthorized' ? 'Discord refuses it' : `Discord refuses it (${verdict.answer})`,
    'copy the token again from the Bot page of the Discord developer portal',
  );
}

function objection(problem: string, remedy: string): BrokenRule {
  return { key: 'DISCORD_TOKEN', problem: `the new token is refused: ${problem}`, remedy };
}

declare module '@sapphire/framework' {
  interface Container {
    session: SessionService;
  }
}

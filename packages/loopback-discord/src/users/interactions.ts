import type { InteractionResponseType } from 'discord-api-types/v10';
import type { TypedEvents } from 'loopback-kit';

import { ApiError } from '../errors/api-error.js';
import type { DiscordEvents } from '../journal/events.js';
import type { Journal } from '../journal/journal.js';
import { Interaction } from '../world/interaction.js';
import type { InteractionOptions } from '../world/interaction.js';
import type { World } from '../world/world.js';

/** How many interactions are remembered. */
const REMEMBERED = 5000;

export interface InteractionsParts {
  readonly world: World;
  readonly events: TypedEvents<DiscordEvents>;
  readonly journal: Journal;
  /** Milliseconds until an interaction without a callback is lost; 3,000 on Discord. */
  readonly deadlineMs: number;
  /** Milliseconds that answers can be edited and followed up for; 15 minutes on Discord. */
  readonly lifetimeMs: number;
}

/** Every interaction that was begun, with the clock of each. */
export class Interactions {
  readonly #byToken = new Map<string, Interaction>();
  readonly #clocks = new Map<Interaction, NodeJS.Timeout>();
  readonly #parts: InteractionsParts;

  constructor(parts: InteractionsParts) {
    this.#parts = parts;
  }

  begin(options: Omit<InteractionOptions, 'id' | 'waiter'>): Interaction {
    const { world, events, deadlineMs } = this.#parts;
    const interaction = new Interaction({ ...options, id: world.ids.next(), waiter: events });
    this.#byToken.set(interaction.token, interaction);
    const [oldest] = this.#byToken.keys();
    if (this.#byToken.size > REMEMBERED && oldest !== undefined) this.#byToken.delete(oldest);
    this.#clocks.set(
      interaction,
      setTimeout(() => this.#expire(interaction), deadlineMs),
    );
    return interaction;
  }

  /** The interaction that waits for this callback; throws what Discord answers when there is none. */
  awaiting(id: string, token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (!interaction || interaction.id !== id || interaction.state === 'expired')
      throw new ApiError(404, 10_062, 'Unknown interaction', 'interaction');
    if (interaction.state === 'answered')
      throw new ApiError(400, 40_060, 'Interaction has already been acknowledged.', 'interaction');
    return interaction;
  }

  acknowledge(interaction: Interaction, type: InteractionResponseType): void {
    this.#stopClock(interaction);
    interaction.acknowledge(type);
    this.#parts.events.emit('acknowledged', interaction);
  }

  /** The interaction behind a webhook's token, once it was answered. */
  answered(token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction?.state !== 'answered') throw new ApiError(404, 10_015, 'Unknown Webhook', 'interaction');
    if (interaction.age > this.#parts.lifetimeMs)
      throw new ApiError(401, 50_027, 'Invalid Webhook Token', 'interaction');
    return interaction;
  }

  stop(): void {
    for (const clock of this.#clocks.values()) clearTimeout(clock);
    this.#clocks.clear();
  }

  #expire(interaction: Interaction): void {
    this.#stopClock(interaction);
    interaction.expire();
    this.#parts.journal.violation(
      'unanswered',
      `${interaction.kind} "${interaction.name}" of ${interaction.user.name}`,
    );
  }

  #stopClock(interaction: Interaction): void {
    clearTimeout(this.#clocks.get(interaction));
    this.#clocks.delete(interaction);
  }
}

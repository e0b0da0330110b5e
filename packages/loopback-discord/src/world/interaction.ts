import { randomBytes } from 'node:crypto';

import type {
  APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType,
  APIEmbed,
  InteractionResponseType,
} from 'discord-api-types/v10';
import { withResolvers } from 'loopback-kit';
import type { Waiter } from 'loopback-kit';

import type { Channel, User } from './guild.js';
import type { Attachment, Message, MessageOrigin, MessageVersion } from './message.js';

export interface Acknowledgement {
  readonly type: InteractionResponseType;
  /** Milliseconds between the dispatch and the callback. */
  readonly ms: number;
}

/** What the user finally sees. */
export interface Reply {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly attachments: readonly Attachment[];
  readonly ephemeral: boolean;
  /** Content and embeds, a line each, for asserting. */
  readonly text: string;
  readonly pings: readonly string[];
  readonly message: Message;
}

export interface InteractionOptions {
  readonly id: string;
  readonly user: User;
  readonly channel: Channel;
  /** Name of the command, or custom id of the component. */
  readonly name: string;
  readonly kind: 'autocomplete' | 'command' | 'component';
  /** The message that holds the component. */
  readonly source?: Message | undefined;
  /** The type of the option that a user is typing. */
  readonly completes?: ApplicationCommandOptionType | undefined;
  readonly waiter: Waiter;
}

/** One thing a user asked of the bot, and everything that came of it. */
export class Interaction implements MessageOrigin {
  readonly id: string;
  readonly token = randomBytes(24).toString('base64url');
  readonly user: User;
  readonly channel: Channel;
  readonly name: string;
  readonly kind: InteractionOptions['kind'];
  readonly source: Message | undefined;
  readonly completes: ApplicationCommandOptionType | undefined;
  /** Rejects when no callback came in time. */
  readonly acknowledged: Promise<Acknowledgement>;
  /** Every answer: the original one and the followups. */
  readonly messages: Message[] = [];
  /** The answer that `@original` names. */
  original: Message | undefined;
  /** The answer to an autocomplete. */
  choices: readonly APIApplicationCommandOptionChoice[] | undefined;
  state: 'answered' | 'expired' | 'waiting' = 'waiting';
  readonly #waiter: Waiter;
  readonly #startedAt = performance.now();
  readonly #outcome = withResolvers<Acknowledgement>();

  constructor({ id, user, channel, name, kind, source, completes, waiter }: InteractionOptions) {
    this.id = id;
    this.user = user;
    this.channel = channel;
    this.name = name;
    this.kind = kind;
    this.source = source;
    this.completes = completes;
    this.#waiter = waiter;
    this.acknowledged = this.#outcome.promise;
    // A test that does not look at the acknowledgement must not fail on it.
    this.acknowledged.catch(() => undefined);
  }

  /** Milliseconds since the dispatch. */
  get age(): number {
    return performance.now() - this.#startedAt;
  }

  /** What the original answer showed after the first time. */
  get edits(): readonly MessageVersion[] {
    return this.original?.edits ?? [];
  }

  /** The answer once it shows something: immediately, or after a deferral, when it is edited or followed up. */
  async reply({ timeoutMs }: { timeoutMs?: number } = {}): Promise<Reply> {
    const what = `an answer to "${this.name}" of ${this.user.name}`;
    const message = await this.#waiter.until(
      () => {
        if (this.state === 'expired') throw new Error(`${what}: ${this.#unanswered()}`);
        return this.messages.find(({ thinking, deleted }) => !thinking && !deleted);
      },
      { what, timeoutMs },
    );
    const { content, embeds, attachments, ephemeral, text, pings } = message;
    return { content, embeds, attachments, ephemeral, text, pings, message };
  }

  acknowledge(type: InteractionResponseType): void {
    this.state = 'answered';
    this.#outcome.resolve({ type, ms: this.age });
  }

  expire(): void {
    this.state = 'expired';
    this.#outcome.reject(new Error(this.#unanswered()));
  }

  #unanswered(): string {
    return `the application did not respond to "${this.name}" in time`;
  }
}

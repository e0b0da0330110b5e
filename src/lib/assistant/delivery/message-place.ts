import { setTimeout as sleep } from 'node:timers/promises';

import type { Message } from 'discord.js';

import { RefusedTokenError } from '../../gateway/token-keeper.js';
import { NO_PINGS } from '../../replies/no-pings.js';
import type { Place, Posted, Showing } from './place.js';

/** Discord shows the typing indicator for ten seconds. */
const TYPING_MS = 8000;
/** How long an answer waits for the first sign of typing, which a rate limit may hold back. */
const FIRST_TYPING_MS = 1000;

/** The answer to a message, as replies to it. */
export class MessagePlace implements Place {
  public readonly msLeft = Infinity;
  #typing: NodeJS.Timeout | null = null;

  public constructor(private readonly message: Message) {}

  /** @throws {RefusedTokenError} when Discord has refused the token, so that no model is asked in vain. */
  public async defer(): Promise<void> {
    const first = this.#type();
    this.#typing ??= setInterval(() => {
      void this.#type();
    }, TYPING_MS);
    const result = await Promise.race([first, sleep(FIRST_TYPING_MS, null, { ref: false })]);
    if (result instanceof RefusedTokenError) throw result;
  }

  public async post({ content, components = [], files = [] }: Showing): Promise<Posted> {
    this.settle();
    const posted = await this.message.reply({
      content,
      components: [...components],
      files: [...files],
      allowedMentions: NO_PINGS,
      failIfNotExists: false,
    });
    return {
      edit: async (edited) => {
        await posted.edit({
          content: edited.content,
          components: [...(edited.components ?? [])],
          allowedMentions: NO_PINGS,
        });
      },
    };
  }

  public async refuse(sentence: string): Promise<void> {
    await this.post({ content: sentence });
  }

  public settle(): void {
    if (this.#typing !== null) clearInterval(this.#typing);
    this.#typing = null;
  }

  /** Only a courtesy: it does not matter whether it arrives. Resolves with the reason why it did not. */
  async #type(): Promise<unknown> {
    const { channel } = this.message;
    try {
      if (channel.isSendable()) await channel.sendTyping();
      return null;
    } catch (error) {
      return error;
    }
  }
}

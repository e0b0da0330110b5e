import type { Message } from 'discord.js';

import { NO_PINGS } from '../../replies/no-pings.js';
import type { Place, Posted, Showing } from './place.js';

/** Discord shows the typing indicator for ten seconds. */
const TYPING_MS = 8000;

/** The answer to a message, as replies to it. */
export class MessagePlace implements Place {
  #typing: NodeJS.Timeout | null = null;

  public constructor(private readonly message: Message) {}

  public defer(): Promise<void> {
    this.#type();
    this.#typing ??= setInterval(() => {
      this.#type();
    }, TYPING_MS);
    return Promise.resolve();
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

  #type(): void {
    const { channel } = this.message;
    // Only a courtesy: it does not matter whether it arrives.
    if (channel.isSendable()) channel.sendTyping().catch(() => undefined);
  }
}

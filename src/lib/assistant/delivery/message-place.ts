import { setTimeout as sleep } from 'node:timers/promises';

import type { Message, PermissionsString } from 'discord.js';

import { RefusedTokenError } from '../../gateway/token-keeper.js';
import { NO_PINGS } from '../../replies/no-pings.js';
import type { Place, Posted, Showing } from './place.js';

/** Discord shows the typing indicator for ten seconds. */
const TYPING_MS = 8000;
/** How long an answer waits for the first sign of typing, which a rate limit may hold back. */
const FIRST_TYPING_MS = 1000;

function postingIn({ channel }: Message): readonly PermissionsString[] {
  return ['ViewChannel', channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages'];
}

/** The answer to a message, as replies to it. */
export class MessagePlace implements Place {
  public readonly hidesQuestion = false;
  public readonly msLeft = Infinity;

  public get obstacle(): string | null {
    const missing = this.#missing(postingIn(this.message));
    if (missing.length === 0) return null;
    const { guildId, channelId } = this.message;
    return `missing ${missing.join(', ')} in channel ${channelId} of server ${guildId ?? ''}`;
  }
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
    const body = { content, components: [...components], files: [...files], allowedMentions: NO_PINGS };
    const { channel } = this.message;
    // Discord lets nobody reply to a message that they may not read (160002).
    const plain = channel.isSendable() && this.#missing(['ReadMessageHistory']).length > 0;
    const posted = plain
      ? await channel.send(body)
      : await this.message.reply({ ...body, failIfNotExists: false });
    return {
      id: posted.id,
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

  /** Which of these permissions the bot lacks, as far as it knows. */
  #missing(needed: readonly PermissionsString[]): readonly PermissionsString[] {
    const { channel } = this.message;
    if (channel.isDMBased()) return [];
    const me = channel.guild.members.me;
    return me === null ? [] : (channel.permissionsFor(me)?.missing([...needed]) ?? []);
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

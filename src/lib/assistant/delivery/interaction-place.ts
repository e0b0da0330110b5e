import { type ChatInputCommandInteraction, MessageFlags, type SendableChannels } from 'discord.js';

import { NO_PINGS } from '../../replies/no-pings.js';
import type { Place, Posted, Showing } from './place.js';

/**
 * Discord lets an interaction be answered for 15 minutes. The last of them is left for the end of the answer, which
 * rate limits may hold back.
 */
const ANSWERABLE_MS = 14 * 60_000;

/** The answer to a slash command. When Discord takes no more for that, it moves on as messages of the bot's own. */
export class InteractionPlace implements Place {
  /** Answers to commands need no permission. */
  public readonly obstacle = null;
  public readonly hidesQuestion = true;
  #answered = false;

  public constructor(private readonly interaction: ChatInputCommandInteraction) {}

  public get msLeft(): number {
    return this.#channel === null ? this.#answerableMs : Infinity;
  }

  public async defer(): Promise<void> {
    await this.interaction.deferReply();
  }

  public async post(showing: Showing): Promise<Posted> {
    const { id } = await this.#post({ ...bodyOf(showing), allowedMentions: NO_PINGS });
    this.#answered = true;
    return {
      id,
      edit: async (edited) => {
        await this.#edit(id, { ...bodyOf(edited), allowedMentions: NO_PINGS });
      },
    };
  }

  public async refuse(sentence: string): Promise<void> {
    const { interaction } = this;
    const body = { content: sentence, allowedMentions: NO_PINGS, flags: MessageFlags.Ephemeral } as const;
    if (this.#movedOn !== null) {
      await this.#movedOn.send({ content: sentence, allowedMentions: NO_PINGS });
      return;
    }
    if (!interaction.deferred) {
      await interaction.reply(body);
      return;
    }
    // The deferral is public and a refusal is not, so it is deleted first.
    if (!this.#answered) await interaction.deleteReply();
    this.#answered = true;
    await interaction.followUp(body);
  }

  public settle(): void {
    // Discord shows "is thinking" for as long as there is no answer.
  }

  get #answerableMs(): number {
    return Math.max(0, this.interaction.createdTimestamp + ANSWERABLE_MS - Date.now());
  }

  /** The channel, if the bot may write messages of its own in it. */
  get #channel(): SendableChannels | null {
    const { channel, appPermissions } = this.interaction;
    if (channel?.isSendable() !== true) return null;
    const sending = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
    return channel.isDMBased() || appPermissions.has(['ViewChannel', sending]) ? channel : null;
  }

  /** Where the answer goes on; `null` while Discord takes it from the interaction. */
  get #movedOn(): SendableChannels | null {
    return this.#answerableMs > 0 ? null : this.#channel;
  }

  #post(body: MessageBody): Promise<{ readonly id: string }> {
    const { interaction } = this;
    if (this.#movedOn !== null) return this.#movedOn.send(body);
    const first = interaction.deferred && !this.#answered;
    return first ? interaction.editReply(body) : interaction.followUp(body);
  }

  /** What answers an interaction is a message of the bot, which may edit it like any other. */
  async #edit(id: string, body: MessageBody): Promise<void> {
    if (this.#movedOn === null) await this.interaction.editReply({ ...body, message: id });
    else await this.#movedOn.messages.edit(id, body);
  }
}

type MessageBody = ReturnType<typeof bodyOf> & { readonly allowedMentions: typeof NO_PINGS };

function bodyOf({ content, components = [], files = [] }: Showing) {
  return { content, components: [...components], files: [...files] };
}

import {
  type AnyInteractableInteraction,
  PaginatedMessage,
  type PaginatedMessageInteractionUnion,
  type PaginatedMessageMessageOptionsUnion,
} from '@sapphire/discord.js-utilities';
import { container } from '@sapphire/framework';
import { Message, MessageFlags, type User } from 'discord.js';

import { NO_PINGS } from './no-pings.js';
import type { Page } from './page.js';

/** How long the buttons stay, in milliseconds: each set costs a listener while it is there. */
const TURNABLE_MS = 300_000;

/** The select menu repeats what the buttons do, and Discord itself can dismiss the message. */
const BUTTONS = /\.(firstPage|previousPage|nextPage|goToLastPage)$/;

/** Several pages as one message, with buttons that only the asker can use. */
export class TurnablePages extends PaginatedMessage {
  #removeButtons: (() => Promise<unknown>) | null = null;

  public constructor(pages: readonly Page[]) {
    super({
      pages: [...pages],
      actions: PaginatedMessage.defaultActions.filter(
        (action) => 'customId' in action && BUTTONS.test(action.customId),
      ),
    });
    this.setIdle(TURNABLE_MS);
    this.setWrongUserInteractionReply(() => ({
      content: '🚫 Only the person who asked can turn these pages.',
      flags: MessageFlags.Ephemeral,
      allowedMentions: NO_PINGS,
    }));
  }

  /**
   * Sapphire would not reply to a message but send one of its own. And it would listen for the buttons of a private
   * answer in the whole channel: pressed under somebody else's answer, they would show the private one there.
   */
  protected override async setUpMessage(asked: Message | AnyInteractableInteraction): Promise<void> {
    const page: PaginatedMessageMessageOptionsUnion = {
      ...this.messages[this.index],
      allowedMentions: NO_PINGS,
    };
    if (asked instanceof Message) {
      const posted = await asked.reply({ ...page, content: page.content ?? '', failIfNotExists: false });
      this.response = posted;
      this.#removeButtons = () => posted.edit({ components: [] });
    } else {
      this.response = await asked.editReply(page);
      this.#removeButtons = () => asked.editReply({ components: [] });
    }
  }

  /** Sapphire calls this one and the next without waiting for it: a rejection would end the process. */
  protected override async handleCollect(
    asker: User,
    channel: Message['channel'],
    interaction: PaginatedMessageInteractionUnion,
  ): Promise<void> {
    try {
      await super.handleCollect(asker, channel, interaction);
    } catch (error) {
      container.logger.warn('A page could not be turned:', error);
    }
  }

  protected override async handleEnd(): Promise<void> {
    this.collector?.removeAllListeners();
    try {
      await this.#removeButtons?.();
    } catch (error) {
      // Usually because the asker has dismissed the message.
      container.logger.debug('The buttons of an answer could not be removed:', error);
    }
  }
}

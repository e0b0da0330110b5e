import {
  type AnyInteractableInteraction,
  isAnyInteraction,
  PaginatedMessage,
  type PaginatedMessageInteractionUnion,
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

  /** Sapphire would send a message of its own into the channel; this one replies. */
  protected override async setUpMessage(asked: Message | AnyInteractableInteraction): Promise<void> {
    const page = this.messages[this.index];
    if (!(asked instanceof Message) || !page) return super.setUpMessage(asked);
    this.response = await asked.reply({
      ...page,
      content: page.content ?? '',
      allowedMentions: NO_PINGS,
      failIfNotExists: false,
    });
  }

  /** Sapphire calls this and the next one without waiting: a rejection would end the process. */
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

  /** Takes the buttons away. */
  protected override async handleEnd(): Promise<void> {
    this.collector?.removeAllListeners();
    const { response } = this;
    try {
      if (response instanceof Message) await response.edit({ components: [] });
      else if (response !== null && isAnyInteraction(response)) await response.editReply({ components: [] });
    } catch (error) {
      // Usually because the asker has dismissed the message.
      container.logger.debug('The buttons of an answer could not be removed:', error);
    }
  }
}

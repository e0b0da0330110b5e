import { AllFlowsPrecondition, container } from '@sapphire/framework';
import type { ChatInputCommandInteraction, ContextMenuCommandInteraction, Message } from 'discord.js';

import { type Asker, isAdministrator } from '../lib/administrators.js';

/** Lets only those pass who may read and reload the configuration. */
export class AdminOnlyPrecondition extends AllFlowsPrecondition {
  public override messageRun(message: Message): AllFlowsPrecondition.AsyncResult {
    return this.#check({
      client: message.client,
      userId: message.author.id,
      guildId: message.guildId,
      permissions: message.member?.permissions ?? null,
    });
  }

  public override chatInputRun(interaction: ChatInputCommandInteraction): AllFlowsPrecondition.AsyncResult {
    return this.#checkInteraction(interaction);
  }

  public override contextMenuRun(
    interaction: ContextMenuCommandInteraction,
  ): AllFlowsPrecondition.AsyncResult {
    return this.#checkInteraction(interaction);
  }

  #checkInteraction(
    interaction: ChatInputCommandInteraction | ContextMenuCommandInteraction,
  ): AllFlowsPrecondition.AsyncResult {
    const { client, user, guildId, memberPermissions } = interaction;
    return this.#check({ client, userId: user.id, guildId, permissions: memberPermissions });
  }

  async #check(asker: Asker): AllFlowsPrecondition.AsyncResult {
    await container.session.knowOwners();
    return isAdministrator(asker, container.config.settings)
      ? this.ok()
      : this.error({
          identifier: 'AdminOnly',
          message:
            '🚫 This is for administrators of the bot: its owner, or members with the Administrator permission in ' +
            "the bot's only server or in one that its owner has listed in `ADMIN_GUILD_IDS`.",
        });
  }
}

declare module '@sapphire/framework' {
  interface Preconditions {
    AdminOnly: never;
  }
}

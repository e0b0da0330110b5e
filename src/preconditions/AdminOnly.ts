import { AllFlowsPrecondition, container } from '@sapphire/framework';
import type { ChatInputCommandInteraction, ContextMenuCommandInteraction, Message } from 'discord.js';

import { type Asker, isAdministrator, NOT_AN_ADMINISTRATOR } from '../lib/operations/administrators.js';
import type { ApplicationFacts } from '../lib/operations/application-owners.js';
import { deferAnswer } from '../lib/replies/replies.js';

/** Lets only those pass who may read and reload the configuration. */
export class AdminOnlyPrecondition extends AllFlowsPrecondition {
  public override messageRun(message: Message): AllFlowsPrecondition.AsyncResult {
    const { client, author, guildId, member } = message;
    const asker = { client, userId: author.id, guildId, permissions: member?.permissions ?? null };
    return this.#check(asker, () => container.session.knowApplication());
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
    const asker = { client, userId: user.id, guildId, permissions: memberPermissions };
    return this.#check(asker, async () => {
      // Discord may take longer to say who owns the bot than it waits for an answer. A deferral that fails is
      // repeated by the command.
      await deferAnswer(interaction).catch(() => undefined);
      return container.session.knowApplication();
    });
  }

  async #check(
    asker: Asker,
    knowApplication: () => Promise<ApplicationFacts>,
  ): AllFlowsPrecondition.AsyncResult {
    return (await isAdministrator(asker, container.config.settings, knowApplication))
      ? this.ok()
      : this.error({
          identifier: 'AdminOnly',
          message: NOT_AN_ADMINISTRATOR,
        });
  }
}

declare module '@sapphire/framework' {
  interface Preconditions {
    AdminOnly: never;
  }
}

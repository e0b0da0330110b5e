import { type ChatInputCommandDeniedPayload, Events, Listener, type UserError } from '@sapphire/framework';

import { answerInteraction } from '../lib/replies/replies.js';

/** Tells who used a slash command why it was refused; without an answer Discord says "did not respond". */
export class AnswerDeniedInteractionListener extends Listener<typeof Events.ChatInputCommandDenied> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.ChatInputCommandDenied });
  }

  public override async run(error: UserError, { interaction }: ChatInputCommandDeniedPayload): Promise<void> {
    await answerInteraction(interaction, { lines: [error.message] });
  }
}

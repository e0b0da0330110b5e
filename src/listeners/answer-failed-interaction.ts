import { type ChatInputCommandErrorPayload, Events, Listener } from '@sapphire/framework';

import { apology } from '../lib/replies/apology.js';
import { answerInteraction } from '../lib/replies/replies.js';

/** Answers a slash command that failed; Sapphire itself logs why. */
export class AnswerFailedInteractionListener extends Listener<typeof Events.ChatInputCommandError> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.ChatInputCommandError });
  }

  public override async run(error: unknown, { interaction }: ChatInputCommandErrorPayload): Promise<void> {
    await answerInteraction(interaction, apology(error));
  }
}

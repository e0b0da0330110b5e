import { ApplyOptions } from '@sapphire/decorators';
import { type ChatInputCommandErrorPayload, container, Events, Listener } from '@sapphire/framework';

import { apology } from '../lib/replies/apology.js';
import { answerInteraction } from '../lib/replies/replies.js';

/** Answers a slash command that failed; Sapphire itself logs why. */
@ApplyOptions<Listener.Options>({ event: Events.ChatInputCommandError })
export class AnswerFailedInteractionListener extends Listener<typeof Events.ChatInputCommandError> {
  public override async run(error: unknown, { interaction }: ChatInputCommandErrorPayload): Promise<void> {
    await answerInteraction(interaction, apology(error), container.config);
  }
}

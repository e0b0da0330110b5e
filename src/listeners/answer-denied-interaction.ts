import { ApplyOptions } from '@sapphire/decorators';
import {
  type ChatInputCommandDeniedPayload,
  container,
  Events,
  Listener,
  type UserError,
} from '@sapphire/framework';

import { refusal } from '../lib/replies/refusal.js';
import { answerInteraction } from '../lib/replies/replies.js';

/** Says why a slash command was refused; without an answer, Discord says "The application did not respond". */
@ApplyOptions<Listener.Options>({ event: Events.ChatInputCommandDenied })
export class AnswerDeniedInteractionListener extends Listener<typeof Events.ChatInputCommandDenied> {
  public override async run(error: UserError, { interaction }: ChatInputCommandDeniedPayload): Promise<void> {
    await answerInteraction(interaction, refusal(error), container.config);
  }
}

import { ApplyOptions } from '@sapphire/decorators';
import { container, Events, Listener, type MessageCommandErrorPayload } from '@sapphire/framework';

import { apology } from '../lib/replies/apology.js';
import { answerMessage } from '../lib/replies/replies.js';

/** Answers a prefix command that failed; Sapphire itself logs why. */
@ApplyOptions<Listener.Options>({ event: Events.MessageCommandError })
export class AnswerFailedMessageListener extends Listener<typeof Events.MessageCommandError> {
  public override async run(error: unknown, { message }: MessageCommandErrorPayload): Promise<void> {
    await answerMessage(message, apology(error), container.config);
  }
}

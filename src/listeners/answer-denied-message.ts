import { ApplyOptions } from '@sapphire/decorators';
import {
  container,
  Events,
  Listener,
  type MessageCommandDeniedPayload,
  type UserError,
} from '@sapphire/framework';

import { refusal } from '../lib/replies/refusal.js';
import { answerMessage } from '../lib/replies/replies.js';

/** Says why a prefix command was refused. */
@ApplyOptions<Listener.Options>({ event: Events.MessageCommandDenied })
export class AnswerDeniedMessageListener extends Listener<typeof Events.MessageCommandDenied> {
  public override async run(error: UserError, { message }: MessageCommandDeniedPayload): Promise<void> {
    await answerMessage(message, refusal(error), container.config);
  }
}

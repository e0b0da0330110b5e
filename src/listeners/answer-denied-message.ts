import { Events, Listener, type MessageCommandDeniedPayload, type UserError } from '@sapphire/framework';

import { answerMessage } from '../lib/replies/replies.js';

/** Tells who used a prefix command why it was refused. */
export class AnswerDeniedMessageListener extends Listener<typeof Events.MessageCommandDenied> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.MessageCommandDenied });
  }

  public override async run(error: UserError, { message }: MessageCommandDeniedPayload): Promise<void> {
    await answerMessage(message, { lines: [error.message] });
  }
}

import { ApplyOptions } from '@sapphire/decorators';
import { container, Events, Listener, type UnknownMessageCommandNamePayload } from '@sapphire/framework';

import { answerQuestion } from '../../lib/assistant/delivery/questions.js';

/** Answers a prefix or a mention with nothing but white space after it. */
@ApplyOptions<Listener.Options>({ event: Events.UnknownMessageCommandName })
export class AnswerUnnamedCommandListener extends Listener<typeof Events.UnknownMessageCommandName> {
  public override async run({ message }: UnknownMessageCommandNamePayload): Promise<void> {
    await answerQuestion(message, container.assistant);
  }
}

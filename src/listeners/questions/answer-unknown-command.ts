import { ApplyOptions } from '@sapphire/decorators';
import { container, Events, Listener, type UnknownMessageCommandPayload } from '@sapphire/framework';

import { answerQuestion } from '../../lib/assistant/delivery/questions.js';

/** Answers a question after a prefix or a mention: its first word is not the name of a command. */
@ApplyOptions<Listener.Options>({ event: Events.UnknownMessageCommand })
export class AnswerUnknownCommandListener extends Listener<typeof Events.UnknownMessageCommand> {
  public override async run({ message }: UnknownMessageCommandPayload): Promise<void> {
    await answerQuestion(message, container.assistant);
  }
}

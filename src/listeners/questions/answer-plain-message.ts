import { ApplyOptions } from '@sapphire/decorators';
import { container, Events, Listener } from '@sapphire/framework';
import type { Message } from 'discord.js';

import { answerQuestion } from '../../lib/assistant/delivery/questions.js';

/** Answers a question that starts with neither a prefix nor a mention of the bot. */
@ApplyOptions<Listener.Options>({ event: Events.NonPrefixedMessage })
export class AnswerPlainMessageListener extends Listener<typeof Events.NonPrefixedMessage> {
  public override async run(message: Message): Promise<void> {
    await answerQuestion(message, container.assistant);
  }
}

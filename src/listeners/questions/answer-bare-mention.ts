import { ApplyOptions } from '@sapphire/decorators';
import { container, Events, Listener } from '@sapphire/framework';
import type { Message } from 'discord.js';

import { answerQuestion } from '../../lib/assistant/delivery/questions.js';

/** Answers a message that consists of a mention of the bot, perhaps with a recording. */
@ApplyOptions<Listener.Options>({ event: Events.MentionPrefixOnly })
export class AnswerBareMentionListener extends Listener<typeof Events.MentionPrefixOnly> {
  public override async run(message: Message): Promise<void> {
    await answerQuestion(message, container.assistant);
  }
}

import { ApplyOptions } from '@sapphire/decorators';
import {
  container,
  Events,
  Listener,
  type CommandDoesNotHaveMessageCommandHandler,
} from '@sapphire/framework';

import { answerQuestion } from '../../lib/assistant/delivery/questions.js';

/** Answers a question whose first word is a slash command: "@bot say something nice". */
@ApplyOptions<Listener.Options>({ event: Events.CommandDoesNotHaveMessageCommandHandler })
export class AnswerSlashOnlyCommandListener extends Listener<
  typeof Events.CommandDoesNotHaveMessageCommandHandler
> {
  public override async run({ message }: CommandDoesNotHaveMessageCommandHandler): Promise<void> {
    await answerQuestion(message, container.assistant);
  }
}

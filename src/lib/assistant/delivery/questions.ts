import { cleanContent, type Message, MessageFlags } from 'discord.js';

import { type AttachmentFacts, isAudio } from '../model/recording.js';
import { type Request, requestIn } from './requests.js';

const NO_QUESTION = '👋 Ask me something: write it after the mention, or use `/ask`.';

/** What can be done with a message that asks something. */
export interface Assistant {
  ask(request: Request, question: string): Promise<void>;
  askAloud(request: Request, recording: AttachmentFacts, text: string): Promise<void>;
  transcribe(request: Request, attachment: AttachmentFacts): Promise<void>;
  decline(request: Request, sentence: string): Promise<void>;
}

/** Answers a message that is not a command, if it mentions the bot or is a direct message. */
export async function answerQuestion(message: Message, assistant: Assistant): Promise<void> {
  const { system, attachments, client } = message;
  if (system || (message.inGuild() && !message.mentions.users.has(client.user.id))) return;

  const request = requestIn(message);
  const question = questionIn(message);
  const recording = attachments.find(isAudio);
  const attachment = recording ?? attachments.first();
  if (recording !== undefined && (question !== '' || message.flags.has(MessageFlags.IsVoiceMessage))) {
    await assistant.askAloud(request, recording, question);
  } else if (question !== '' || request.images.length > 0) {
    await assistant.ask(request, question);
  } else if (attachment === undefined) {
    await assistant.decline(request, NO_QUESTION);
  } else {
    await assistant.transcribe(request, attachment);
  }
}

/** What a message says, without the mention of the bot, and with names instead of ids. */
function questionIn({ content, channel, client }: Message): string {
  const said = content.replaceAll(new RegExp(`<@!?${client.user.id}>`, 'g'), '');
  return cleanContent(said, channel).trim();
}

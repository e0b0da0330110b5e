import { container, Events, Listener } from '@sapphire/framework';
import { cleanContent, type Message, MessageFlags } from 'discord.js';

import { requestIn } from '../lib/assistant/delivery/requests.js';
import { isAudio } from '../lib/assistant/model/recording.js';

const NO_QUESTION = '👋 Ask me something: write it behind the mention, or use `/ask`.';

/** Answers mentions and direct messages that are no commands. */
export class AnswerMentionListener extends Listener<typeof Events.MessageCreate> {
  public constructor(context: Listener.LoaderContext, options: Listener.Options) {
    super(context, { ...options, event: Events.MessageCreate });
  }

  public override async run(message: Message): Promise<void> {
    const { author, system, webhookId, attachments, client } = message;
    if (author.bot || system || webhookId !== null) return;
    if (message.inGuild() && !message.mentions.users.has(client.user.id)) return;
    if (isCommand(message)) return;

    const { assistant } = container;
    const request = requestIn(message);
    const question = questionIn(message);
    const recording = attachments.find(isAudio);
    const attachment = recording ?? attachments.first();
    if (recording !== undefined && (question !== '' || message.flags.has(MessageFlags.IsVoiceMessage))) {
      await assistant.askAloud(request, recording, question);
    } else if (question !== '') {
      await assistant.ask(request, question);
    } else if (attachment === undefined) {
      await assistant.tell(request, NO_QUESTION);
    } else {
      await assistant.transcribe(request, attachment);
    }
  }
}

/** Whether Sapphire runs a command for this message, behind the prefix or a mention of the bot. */
function isCommand({ content, client }: Message): boolean {
  const prefixes = [`<@${client.user.id}>`, `<@!${client.user.id}>`, container.config.settings.BOT_PREFIX];
  const prefix = prefixes.find((each) => content.startsWith(each));
  if (prefix === undefined) return false;
  const [name = ''] = content.slice(prefix.length).trim().split(' ');
  // Only its commands that messages can use: "@bot say something nice" is a question.
  return container.stores.get('commands').get(name.toLowerCase())?.messageRun !== undefined;
}

/** What a message says, without the mention of the bot and with names in place of ids. */
function questionIn({ content, channel, client }: Message): string {
  const said = content.replaceAll(new RegExp(`<@!?${client.user.id}>`, 'g'), '');
  return cleanContent(said, channel).trim();
}

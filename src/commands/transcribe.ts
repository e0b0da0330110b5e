import { Command, container } from '@sapphire/framework';
import { ApplicationCommandOptionType, InteractionContextType } from 'discord.js';

import { requestOf } from '../lib/assistant/delivery/requests.js';

/** Writes down what is said in a recording. */
export class TranscribeCommand extends Command {
  public constructor(context: Command.LoaderContext, options: Command.Options) {
    super(context, { ...options, name: 'transcribe', description: 'Have a recording written down' });
  }

  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          name: 'audio',
          description: 'The recording',
          type: ApplicationCommandOptionType.Attachment,
          required: true,
        },
      ],
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const attachment = interaction.options.getAttachment('audio', true);
    await container.assistant.transcribe(requestOf(interaction), attachment);
  }
}

import { ApplyOptions } from '@sapphire/decorators';
import { Command, container } from '@sapphire/framework';
import { ApplicationCommandOptionType, InteractionContextType } from 'discord.js';

import { requestOf } from '../lib/assistant/delivery/requests.js';
import { COOLDOWN } from '../lib/pieces/cooldowns.js';

/** Transcribes what is said in a recording. */
@ApplyOptions<Command.Options>({ description: 'Transcribe a recording', ...COOLDOWN })
export class TranscribeCommand extends Command {
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

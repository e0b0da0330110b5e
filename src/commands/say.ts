import { ApplyOptions } from '@sapphire/decorators';
import { Command, container } from '@sapphire/framework';
import { ApplicationCommandOptionType, InteractionContextType } from 'discord.js';

import { requestOf } from '../lib/assistant/delivery/requests.js';
import { LONGEST_SPEECH } from '../lib/assistant/model/speak.js';
import { COOLDOWN } from '../lib/pieces/cooldowns.js';

/** Reads text aloud. */
@ApplyOptions<Command.Options>({ description: 'Read text aloud', ...COOLDOWN })
export class SayCommand extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          name: 'text',
          description: 'What to say',
          type: ApplicationCommandOptionType.String,
          required: true,
          maxLength: LONGEST_SPEECH,
        },
      ],
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { options, attachmentSizeLimit: limit } = interaction;
    await container.assistant.say(requestOf(interaction), { text: options.getString('text', true), limit });
  }
}

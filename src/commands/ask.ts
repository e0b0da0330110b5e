import { ApplyOptions } from '@sapphire/decorators';
import { Command, container } from '@sapphire/framework';
import { ApplicationCommandOptionType, InteractionContextType } from 'discord.js';

import { requestOf } from '../lib/assistant/delivery/requests.js';
import { COOLDOWN } from '../lib/pieces/cooldowns.js';

/** Asks the model something. */
@ApplyOptions<Command.Options>({ description: 'Ask the assistant something', ...COOLDOWN })
export class AskCommand extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          name: 'prompt',
          description: 'What you want to know',
          type: ApplicationCommandOptionType.String,
          required: true,
        },
        {
          name: 'image',
          description: 'What to look at, if the model can see',
          type: ApplicationCommandOptionType.Attachment,
        },
      ],
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { options } = interaction;
    const request = requestOf(interaction, options.getAttachment('image'));
    await container.assistant.ask(request, options.getString('prompt', true));
  }
}

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
      ],
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const prompt = interaction.options.getString('prompt', true);
    await container.assistant.ask(requestOf(interaction), prompt);
  }
}

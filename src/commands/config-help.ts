import { ApplyOptions } from '@sapphire/decorators';
import { Command, container } from '@sapphire/framework';
import type { Message } from 'discord.js';

import { COOLDOWN } from '../lib/pieces/cooldowns.js';
import { answerInteraction, answerMessage } from '../lib/replies/replies.js';
import { helpReply } from '../lib/views/help-view.js';

/** Explains to everyone how the configuration is read and changed. */
@ApplyOptions<Command.Options>({
  description: "How this bot's configuration is changed",
  aliases: ['config_help'],
  ...COOLDOWN,
})
export class ConfigHelpCommand extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({ name: this.name, description: this.description });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    await answerInteraction(interaction, helpReply(container.config), container.config);
  }

  public override async messageRun(message: Message): Promise<void> {
    await answerMessage(message, helpReply(container.config), container.config);
  }
}

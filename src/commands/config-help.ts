import { Command, container } from '@sapphire/framework';
import type { Message } from 'discord.js';

import { answerInteraction, answerMessage } from '../lib/replies/replies.js';
import { helpReply } from '../lib/views/help-view.js';

/** Explains to everyone how the configuration is read and changed. */
export class ConfigHelpCommand extends Command {
  public constructor(context: Command.LoaderContext, options: Command.Options) {
    super(context, {
      ...options,
      name: 'config-help',
      aliases: ['config_help'],
      description: 'How the configuration of this bot is changed',
    });
  }

  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({ name: this.name, description: this.description });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    await answerInteraction(interaction, helpReply(container.config));
  }

  public override async messageRun(message: Message): Promise<void> {
    await answerMessage(message, helpReply(container.config));
  }
}

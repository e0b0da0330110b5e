import { Command } from '@sapphire/framework';

/** A slash and prefix command that answers "done". Sapphire ignores files whose names start with "_". */
export function plainCommand(name, description) {
  return class PlainCommand extends Command {
    constructor(context, options) {
      super(context, { ...options, name, description });
    }

    registerApplicationCommands(registry) {
      registry.registerChatInputCommand({ name, description });
    }

    async chatInputRun(interaction) {
      await interaction.reply({ content: 'done', ephemeral: true });
    }

    async messageRun(message) {
      await message.reply('done');
    }
  };
}

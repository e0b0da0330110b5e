import { Command } from '@sapphire/framework';
import { type AutocompleteInteraction, InteractionContextType } from 'discord.js';

import { noteReply, noteSubcommands, offerNotes } from '../lib/notes/note-subcommands.js';
import { answerInteraction } from '../lib/replies/replies.js';

/** Everybody's own notes, which the bot remembers about them. */
export class MemoryCommand extends Command {
  public constructor(context: Command.LoaderContext, options: Command.Options) {
    super(context, { ...options, name: 'memory', description: 'What the bot remembers about you' });
  }

  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: noteSubcommands('your own'),
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    await answerInteraction(interaction, noteReply(interaction, { kind: 'user', id: interaction.user.id }));
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await offerNotes(interaction, { kind: 'user', id: interaction.user.id });
  }
}

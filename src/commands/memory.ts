import { ApplyOptions } from '@sapphire/decorators';
import { Command, container } from '@sapphire/framework';
import { type AutocompleteInteraction, InteractionContextType } from 'discord.js';

import { noteReply, noteSubcommands, offerNotes } from '../lib/notes/note-subcommands.js';
import { COOLDOWN } from '../lib/pieces/cooldowns.js';
import { answerInteraction } from '../lib/replies/replies.js';

/** The notes that the bot keeps for the person who asks. */
@ApplyOptions<Command.Options>({ description: 'What the bot remembers about you', ...COOLDOWN })
export class MemoryCommand extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: noteSubcommands('your own'),
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { memory, config } = container;
    const owner = { kind: 'user', id: interaction.user.id } as const;
    await answerInteraction(interaction, await noteReply(interaction, owner, memory), config);
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { memory, config } = container;
    await offerNotes(interaction, { kind: 'user', id: interaction.user.id }, memory, config);
  }
}

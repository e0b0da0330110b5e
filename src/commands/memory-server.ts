import { Command } from '@sapphire/framework';
import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';

import { noteReply, noteSubcommands, offerNotes } from '../lib/notes/note-subcommands.js';
import type { NoteOwner } from '../lib/notes/note.js';
import { answerInteraction } from '../lib/replies/replies.js';

/** The notes of a server, for those who manage it. */
export class MemoryServerCommand extends Command {
  public constructor(context: Command.LoaderContext, options: Command.Options) {
    super(context, {
      ...options,
      name: 'memory-server',
      description: 'What the bot remembers about this server',
    });
  }

  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      defaultMemberPermissions: PermissionFlagsBits.ManageGuild,
      contexts: [InteractionContextType.Guild],
      options: noteSubcommands("this server's"),
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const server = managedServer(interaction);
    const refusal = '🚫 The notes of a server are for its members with the Manage Server permission.';
    await answerInteraction(
      interaction,
      server === null ? { lines: [refusal] } : noteReply(interaction, server),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await offerNotes(interaction, managedServer(interaction));
  }
}

/**
 * The server whose notes the asker may see and change. A server's own settings can open the command to anybody, so
 * Discord's check of the default permissions is not enough, and preconditions are not asked before an autocompletion.
 */
function managedServer({
  guildId,
  memberPermissions,
}: ChatInputCommandInteraction | AutocompleteInteraction): NoteOwner | null {
  return guildId !== null && memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true
    ? { kind: 'server', id: guildId }
    : null;
}

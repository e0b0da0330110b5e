import { ApplyOptions } from '@sapphire/decorators';
import { Command, container } from '@sapphire/framework';
import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';

import { noteReply, noteSubcommands, offerNotes } from '../lib/notes/note-subcommands.js';
import type { NoteOwner } from '../lib/notes/note.js';
import { COOLDOWN } from '../lib/pieces/cooldowns.js';
import { answerInteraction } from '../lib/replies/replies.js';
import type { Reply } from '../lib/replies/reply.js';

const NOT_MANAGED: Reply = {
  lines: ["🚫 Only members with the Manage Server permission can use a server's notes."],
};

/** The notes of a server, for the people who manage it. */
@ApplyOptions<Command.Options>({ description: 'What the bot remembers about this server', ...COOLDOWN })
export class MemoryServerCommand extends Command {
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
    const reply = server === null ? NOT_MANAGED : await noteReply(interaction, server, container.memory);
    await answerInteraction(interaction, reply, container.config);
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { memory, config } = container;
    await offerNotes(interaction, managedServer(interaction), memory, config);
  }
}

/**
 * The server whose notes the asker may see and change. A server's own settings can open the command to anybody, so
 * Discord's check of the default permissions is not enough, and preconditions do not run before an autocompletion.
 */
function managedServer({
  guildId,
  memberPermissions,
}: ChatInputCommandInteraction | AutocompleteInteraction): NoteOwner | null {
  return guildId !== null && memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true
    ? { kind: 'server', id: guildId }
    : null;
}

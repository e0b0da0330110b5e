import { container } from '@sapphire/framework';
import {
  ApplicationCommandOptionType,
  type ApplicationCommandSubCommandData,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';

import type { Reply } from '../replies/replies.js';
import {
  addedReply,
  clearedReply,
  forgottenReply,
  listReply,
  noteChoices,
  TEXT_REFUSAL,
} from './note-view.js';
import { isNoteText, MAX_NOTE_LENGTH, type NoteOwner } from './note.js';

/** The subcommands that a person's and a server's notes have in common. `whose` is "your" or the like. */
export function noteSubcommands(whose: string): ApplicationCommandSubCommandData[] {
  const type = ApplicationCommandOptionType.Subcommand;
  return [
    {
      type,
      name: 'add',
      description: `Add to ${whose} notes`,
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'text',
          description: 'What to remember',
          required: true,
          minLength: 1,
          maxLength: MAX_NOTE_LENGTH,
        },
      ],
    },
    { type, name: 'list', description: `Show ${whose} notes` },
    {
      type,
      name: 'forget',
      description: `Forget one of ${whose} notes`,
      options: [
        {
          // Text, so that a note can be looked for by its words as well as by its number.
          type: ApplicationCommandOptionType.String,
          name: 'note',
          description: 'The number of the note, or words of it to choose from',
          required: true,
          autocomplete: true,
        },
      ],
    },
    { type, name: 'clear', description: `Forget all of ${whose} notes` },
  ];
}

/** Does what a subcommand asks with the notes of `owner`, who must be the asker or in the asker's care. */
export function noteReply({ options }: ChatInputCommandInteraction, owner: NoteOwner): Reply {
  const { memory } = container;
  const off = memory.whyOff(owner.kind);
  if (off !== null) return { lines: [off] };
  switch (options.getSubcommand()) {
    case 'add': {
      const text = options.getString('text', true);
      if (!isNoteText(text)) return TEXT_REFUSAL;
      return addedReply(memory.add(owner, text), memory.limitOf(owner.kind));
    }
    case 'forget': {
      const given = options.getString('note', true);
      const id = Number(/^\s*#?(\d{1,15})\s*$/.exec(given)?.[1] ?? Number.NaN);
      return forgottenReply(owner.kind, given, !Number.isNaN(id) && memory.forget(owner, id));
    }
    case 'clear':
      return clearedReply(memory.clear(owner));
    default:
      return listReply(owner.kind, memory.list(owner), memory.limitOf(owner.kind));
  }
}

function mask(text: string): string {
  return container.config.live.masker.mask(text);
}

/** Offers the notes of `owner` that have what is typed; for `null`, nothing. */
export async function offerNotes(
  interaction: AutocompleteInteraction,
  owner: NoteOwner | null,
): Promise<void> {
  const notes = owner === null ? [] : container.memory.notesOf(owner);
  await interaction.respond(noteChoices(notes, interaction.options.getFocused(), mask));
}

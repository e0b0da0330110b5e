import {
  ApplicationCommandOptionType,
  type ApplicationCommandSubCommandData,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';

import type { Masking, Reply } from '../replies/reply.js';
import {
  addedReply,
  clearedReply,
  forgottenReply,
  listReply,
  noteChoices,
  TEXT_REFUSAL,
} from './note-view.js';
import {
  type AddedNote,
  isNoteText,
  MAX_NOTE_LENGTH,
  type Note,
  type NoteList,
  type NoteOwner,
} from './note.js';

/** What remembers the notes. */
export interface Notebook {
  /** Why nothing is remembered for such owners, in a sentence for the asker; `null` when it is. */
  whyOff(kind: NoteOwner['kind']): string | null;
  limitOf(kind: NoteOwner['kind']): number;
  notesOf(owner: NoteOwner): readonly Note[];
  list(owner: NoteOwner): NoteList;
  add(owner: NoteOwner, text: string): Promise<AddedNote>;
  forget(owner: NoteOwner, id: number): Promise<boolean>;
  clear(owner: NoteOwner): Promise<number>;
}

/** The subcommands for the notes of people and of servers. `whose` is `your own` or the like. */
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
          // Text, so that a note can be found by its words as well as by its number.
          type: ApplicationCommandOptionType.String,
          name: 'note',
          description: 'The number of the note, or some of its words',
          required: true,
          autocomplete: true,
        },
      ],
    },
    { type, name: 'clear', description: `Forget all of ${whose} notes` },
  ];
}

/** Runs a subcommand on the notes of `owner`, which the asker must be allowed to see and change. */
export async function noteReply(
  { options }: ChatInputCommandInteraction,
  owner: NoteOwner,
  memory: Notebook,
): Promise<Reply> {
  const off = memory.whyOff(owner.kind);
  if (off !== null) return { lines: [off] };
  switch (options.getSubcommand()) {
    case 'add': {
      const text = options.getString('text', true);
      if (!isNoteText(text)) return TEXT_REFUSAL;
      return addedReply(await memory.add(owner, text), memory.limitOf(owner.kind));
    }
    case 'forget': {
      const given = options.getString('note', true);
      const id = Number(/^\s*#?(\d{1,15})\s*$/.exec(given)?.[1] ?? Number.NaN);
      return forgottenReply(owner.kind, given, !Number.isNaN(id) && (await memory.forget(owner, id)));
    }
    case 'clear':
      return clearedReply(await memory.clear(owner));
    default:
      return listReply(owner.kind, memory.list(owner), memory.limitOf(owner.kind));
  }
}

/** Offers the notes of `owner` that match what is typed; for `null`, nothing. */
export async function offerNotes(
  interaction: AutocompleteInteraction,
  owner: NoteOwner | null,
  memory: Pick<Notebook, 'notesOf'>,
  masking: Masking,
): Promise<void> {
  const notes = owner === null ? [] : memory.notesOf(owner);
  await interaction.respond(noteChoices(notes, interaction.options.getFocused(), masking));
}

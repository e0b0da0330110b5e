/** Whose notes they are; `id` is Discord's. */
export interface NoteOwner {
  readonly kind: 'user' | 'server';
  readonly id: string;
}

/** Something the bot remembers. */
export interface Note {
  /** Counts from 1 for each owner, so that it reveals nothing about anybody else's notes. */
  readonly id: number;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The newest notes of an owner, oldest first, and how many there are. */
export interface NoteList {
  readonly notes: readonly Note[];
  readonly total: number;
}

/** A note that was just added, and how many of the oldest were dropped for it. */
export interface AddedNote extends Note {
  readonly dropped: number;
}

/** In characters as a reader counts them, not in UTF-16 units. */
export const MAX_NOTE_LENGTH = 500;

/** Whether a text can be a note: not blank, and not too long. */
export function isNoteText(text: string): boolean {
  return text.trim() !== '' && Array.from(text).length <= MAX_NOTE_LENGTH;
}

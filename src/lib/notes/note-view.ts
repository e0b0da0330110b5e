import { code, LIMITS, relativeTime } from '../replies/markdown.js';
import type { Masking, Reply } from '../replies/reply.js';
import { type AddedNote, MAX_NOTE_LENGTH, type Note, type NoteList, type NoteOwner } from './note.js';

/** A character has at most two UTF-16 units. */
const WHOLE_NOTE = 2 * MAX_NOTE_LENGTH;

const TITLES = { user: 'Your notes', server: "This server's notes" } as const;
const COMMANDS = { user: '/memory', server: '/memory-server' } as const;

export const TEXT_REFUSAL: Reply = {
  lines: [`⚠️ A note must have 1 to ${String(MAX_NOTE_LENGTH)} characters, and not only spaces.`],
};

export function addedReply({ id, text, dropped }: AddedNote, limit: number): Reply {
  const lines = [`📝 Noted as ${code(`#${String(id)}`)}: ${code(text, WHOLE_NOTE)}`];
  if (dropped > 0) {
    const oldest = dropped === 1 ? 'oldest note' : `${String(dropped)} oldest notes`;
    lines.push(`♻️ Removed the ${oldest}: the limit is ${String(limit)}.`);
  }
  return { lines };
}

/** Newest first: a list that is too long even for pages leaves out the oldest notes, which are the next to go anyway. */
export function listReply(kind: NoteOwner['kind'], { notes, total }: NoteList, limit: number): Reply {
  const title = TITLES[kind];
  if (notes.length === 0) return { lines: [`📝 ${title}: none yet. \`${COMMANDS[kind]} add\` adds one.`] };
  return {
    lines: [
      `📝 **${title}** (${String(total)} of up to ${String(limit)}, newest first)`,
      ...notes.toReversed().map(noteLine),
    ],
  };
}

export function forgottenReply(kind: NoteOwner['kind'], given: string, found: boolean): Reply {
  return {
    lines: [
      found
        ? `🗑️ Forgot note ${code(given)}.`
        : `⚠️ There is no note ${code(given)}. \`${COMMANDS[kind]} list\` shows the numbers.`,
    ],
  };
}

export function clearedReply(count: number): Reply {
  if (count === 0) return { lines: ['🗑️ There were no notes to forget.'] };
  return {
    lines: [count === 1 ? '🗑️ Forgot the only note.' : `🗑️ Forgot all ${String(count)} notes.`],
  };
}

/** What to offer for `typed`, which may be words of a note or the start of its number; newest first. */
export function noteChoices(
  notes: readonly Note[],
  typed: string,
  masking: Masking,
): { name: string; value: string }[] {
  const wanted = typed.trim().toLowerCase();
  const number = wanted.replace(/^#/, '');
  return notes
    .toReversed()
    .filter(({ id, text }) => String(id).startsWith(number) || text.toLowerCase().includes(wanted))
    .slice(0, LIMITS.choices)
    .map(({ id, text }) => ({ name: choiceName(id, masking.mask(text)), value: String(id) }));
}

function noteLine({ id, text, at }: Note): string {
  return `${code(`#${String(id)}`)} ${relativeTime(at)} ${code(text, WHOLE_NOTE)}`;
}

function choiceName(id: number, text: string): string {
  const name = `#${String(id)} ${text.replaceAll(/\s+/g, ' ')}`;
  if (name.length <= LIMITS.choice) return name;
  // Not in the middle of a surrogate pair.
  return `${name.slice(0, LIMITS.choice - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

import { expect, it } from 'vitest';

import { isNoteText, MAX_NOTE_LENGTH } from '../../../src/lib/notes/note.js';

it('a note is not blank, and at most 500 characters long as a reader counts them', () => {
  expect([' ', '', '\n'].map(isNoteText)).toEqual([false, false, false]);
  expect(['x', 'x'.repeat(MAX_NOTE_LENGTH), '😀'.repeat(MAX_NOTE_LENGTH)].map(isNoteText)).toEqual([
    true,
    true,
    true,
  ]);
  expect(isNoteText('😀'.repeat(MAX_NOTE_LENGTH + 1))).toBe(false);
});

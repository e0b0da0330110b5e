import { describe, expect, it } from 'vitest';

import { listReply, noteChoices } from '../../../src/lib/notes/note-view.js';
import type { Note } from '../../../src/lib/notes/note.js';

const NOON = Date.UTC(2026, 10, 24, 12);

function note(id: number, text: string): Note {
  return { id, text, at: NOON };
}

describe('a list of notes', () => {
  it('shows the newest first, each on one line that does nothing', () => {
    const notes = [note(1, 'plain'), note(2, '`@everyone` <@1>\n# big\n||hidden|| [a](https://b.example)')];
    const seconds = NOON / 1000;
    expect(listReply('user', { notes, total: 2 }, 20).lines).toEqual([
      '📝 **Your notes** (2 of up to 20, newest first)',
      `\`#2\` <t:${seconds}:R> \`ˋ@everyoneˋ <@1> # big ||hidden|| [a](https://b.example)\``,
      `\`#1\` <t:${seconds}:R> \`plain\``,
    ]);
  });

  it('shows the longest note whole', () => {
    const text = '😀'.repeat(500);
    expect(listReply('server', { notes: [note(1, text)], total: 1 }, 20).lines?.[1]).toContain(text);
  });

  it('offers at most 25 choices of at most 100 characters, newest first', () => {
    const notes = Array.from({ length: 60 }, (_, index) => note(index + 1, `${'😀'.repeat(200)}\n${index}`));
    const choices = noteChoices(notes, '', { mask: String });
    expect(choices).toHaveLength(25);
    expect(choices[0]?.value).toBe('60');
    for (const { name } of choices) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(name).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }
  });

  it('offers notes by their number and by their words', () => {
    const notes = [note(1, 'Likes TEA'), note(2, 'likes coffee'), note(12, 'Öl')];
    const offered = (typed: string): string[] =>
      noteChoices(notes, typed, { mask: String }).map(({ value }) => value);
    expect(offered('tea ')).toEqual(['1']);
    expect(offered('ö')).toEqual(['12']);
    expect(offered('1')).toEqual(['12', '1']);
    expect(offered('#2')).toEqual(['2']);
    expect(offered('nothing')).toEqual([]);
  });

  it('masks what it offers', () => {
    const choices = noteChoices([note(1, 'my secret')], '', {
      mask: (text) => text.replaceAll('secret', '•'),
    });
    expect(choices).toEqual([{ name: '#1 my •', value: '1' }]);
  });
});

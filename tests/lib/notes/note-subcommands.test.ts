import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { assume } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import {
  noteReply,
  noteSubcommands,
  type Notebook,
  offerNotes,
} from '../../../src/lib/notes/note-subcommands.js';

const alice = { kind: 'user', id: '1' } as const;
const NOTE = { id: 7, text: 'likes tea', at: 0 };

function notebook(over: Partial<Notebook> = {}): Notebook {
  return {
    whyOff: () => null,
    limitOf: () => 20,
    notesOf: () => [NOTE],
    list: () => ({ notes: [NOTE], total: 1 }),
    add: (_owner, text) => Promise.resolve({ id: 8, text, at: 0, dropped: 0 }),
    forget: (_owner, id) => Promise.resolve(id === NOTE.id),
    clear: () => Promise.resolve(1),
    ...over,
  };
}

function asked(subcommand: string, text = ''): ChatInputCommandInteraction {
  return assume({ options: { getSubcommand: () => subcommand, getString: () => text } });
}

async function answer(subcommand: string, text = '', memory = notebook()): Promise<string> {
  const { lines = [] } = await noteReply(asked(subcommand, text), alice, memory);
  return lines.join('\n');
}

describe('the subcommands for notes', () => {
  it('are the same for people and servers, in their words', () => {
    const described = noteSubcommands("this server's").map(({ name, description }) => [name, description]);
    expect(described).toEqual([
      ['add', "Add to this server's notes"],
      ['list', "Show this server's notes"],
      ['forget', "Forget one of this server's notes"],
      ['clear', "Forget all of this server's notes"],
    ]);
  });

  it.each([
    ['add', 'likes coffee', /^📝 Noted as `#8`: `likes coffee`$/],
    ['add', '  ', /^⚠️ A note must have/],
    ['list', '', /newest first\)\n`#7` .* `likes tea`$/],
    ['forget', '7', /^🗑️ Forgot note `7`\.$/],
    ['forget', ' #7 ', /^🗑️ Forgot note/],
    ['forget', '8', /^⚠️ There is no note `8`/],
    ['forget', 'tea', /^⚠️ There is no note `tea`/],
    ['clear', '', /^🗑️ Forgot the only note\.$/],
  ])('answer %s "%s"', async (subcommand, text, expected) => {
    expect(await answer(subcommand, text)).toMatch(expected);
  });

  it('do nothing while the memory is off, and say so', async () => {
    expect(await answer('clear', '', notebook({ whyOff: () => 'It is off.' }))).toBe('It is off.');
  });
});

async function offered(owner: typeof alice | null): Promise<unknown> {
  let choices: unknown;
  const interaction = assume<AutocompleteInteraction>({
    options: { getFocused: () => 'tea' },
    respond: (given: unknown) => Promise.resolve(void (choices = given)),
  });
  await offerNotes(interaction, owner, notebook(), { mask: (text) => text.replace('tea', '•') });
  return choices;
}

describe('the notes that are offered', () => {
  it('are masked, and none without an owner', async () => {
    expect(await offered(alice)).toEqual([{ name: '#7 likes •', value: '7' }]);
    expect(await offered(null)).toEqual([]);
  });
});

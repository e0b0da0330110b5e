import { assume } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { type ContextSources, contextOf, type Question } from '../../../../src/lib/assistant/text/context.js';

const question: Question = {
  asker: { id: '1', name: 'alice' },
  guildId: '5',
  channelId: '6',
  id: '9',
  mayReadHistory: true,
  repliesTo: null,
  text: 'what is my key?',
  snapshot: assume({ files: new Map([['PROMPT_FILE', 'Be kind.']]), settings: { HISTORY_WINDOW: 3 } }),
};

function sources(over: Partial<ContextSources> = {}): ContextSources {
  const said = { id: '8', type: 0, content: 'the key is sk-1234', mentions: [] };
  const messages = [{ ...said, author: { id: '2', username: 'bob', global_name: null } }];
  return {
    client: assume({
      isReady: () => true,
      user: { id: '0' },
      rest: { get: () => Promise.resolve(messages) },
    }),
    memory: { notesOf: ({ kind, id }) => [{ id: 1, at: 0, text: `a note of ${kind} ${id}` }] },
    masking: { mask: (text) => text.replaceAll('sk-1234', '[hidden]') },
    logger: { debug: () => undefined },
    asked: { answeredBy: () => null },
    ...over,
  };
}

describe('the context of a question', () => {
  it('is the prompt, the notes, the history and the question, without secrets', async () => {
    const turns = await contextOf(question, sources());
    expect(turns).toEqual([
      {
        role: 'system',
        content: expect.stringMatching(/^Be kind\.[^]*a note of user 1[^]*a note of server 5/),
      },
      { role: 'user', content: 'bob: the key is [hidden]' },
      { role: 'user', content: 'what is my key?' },
    ]);
  });

  it('has no history from where the asker may not read it', async () => {
    const turns = await contextOf({ ...question, mayReadHistory: false }, sources());
    expect(turns).toHaveLength(2);
    expect(JSON.stringify(turns)).not.toContain('the key is');
  });

  it('has no notes of a server in a direct message', async () => {
    const [system] = await contextOf({ ...question, guildId: null }, sources());
    expect(system?.content).not.toContain('a note of server');
  });

  it('does without the history when it cannot be read, and logs why without what was said', async () => {
    const logged: unknown[] = [];
    const failing = sources({
      client: assume({
        isReady: () => true,
        user: { id: '0' },
        rest: { get: () => Promise.reject(new Error('Missing Access')) },
      }),
      logger: { debug: (message) => logged.push(message) },
    });
    expect(await contextOf(question, failing)).toHaveLength(2);
    expect(logged).toEqual(['The history of channel 6 cannot be read: Error: Missing Access']);
  });
});

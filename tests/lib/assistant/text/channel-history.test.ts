import { type APIMessage, MessageType } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { utterances } from '../../../../src/lib/assistant/text/channel-history.js';

const BOT = { id: '1', username: 'bot', global_name: null };
const ALICE = { id: '2', username: 'alice', global_name: 'Alice' };
const BOB = { id: '3', username: 'bob', global_name: null };

function message(parts: object): APIMessage {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parts that are looked at
  return {
    type: MessageType.Default,
    author: ALICE,
    content: '',
    mentions: [],
    ...parts,
  } as unknown as APIMessage;
}

describe('utterances', () => {
  it('are what was said, the oldest first, by whom people know', () => {
    const listed = [
      message({ content: 'third', author: BOT, type: MessageType.ChatInputCommand }),
      message({ content: 'second', author: BOB, type: MessageType.Reply }),
      message({ content: 'first' }),
    ];
    expect(utterances(listed, BOT.id)).toEqual([
      { name: 'Alice', text: 'first' },
      { name: 'bob', text: 'second' },
      { name: null, text: 'third' },
    ]);
  });

  it('leave out what says nothing: pictures, answers to come, people who join', () => {
    const listed = [
      message({ content: ' ' }),
      message({ content: '', author: BOT }),
      message({ content: 'joined', type: MessageType.UserJoin }),
    ];
    expect(utterances(listed, BOT.id)).toEqual([]);
  });

  it('name people instead of their ids', () => {
    const content = '<@2> and <@!3> and <@4>';
    expect(utterances([message({ content, mentions: [ALICE, BOB] })], BOT.id)[0]?.text).toBe(
      '@Alice and @bob and <@4>',
    );
  });
});

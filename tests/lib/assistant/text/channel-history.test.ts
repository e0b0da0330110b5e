import { type APIMessage, MessageType } from 'discord.js';
import { assume } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { AskedQuestions } from '../../../../src/lib/assistant/text/asked-questions.js';
import { channelHistory, utterances } from '../../../../src/lib/assistant/text/channel-history.js';

const BOT = { id: '1', username: 'bot', global_name: null };
const ALICE = { id: '2', username: 'alice', global_name: 'Alice' };
const NOTHING_ASKED = { answeredBy: () => null };
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
    expect(utterances(listed, BOT.id, NOTHING_ASKED)).toEqual([
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
    expect(utterances(listed, BOT.id, NOTHING_ASKED)).toEqual([]);
  });

  it('name people instead of their ids', () => {
    const content = '<@2> and <@!3> and <@4>';
    expect(utterances([message({ content, mentions: [ALICE, BOB] })], BOT.id, NOTHING_ASKED)[0]?.text).toBe(
      '@Alice and @bob and <@4>',
    );
  });

  it('are the questions of commands too, before their answers', () => {
    const asked = new AskedQuestions();
    asked.remember('7', { name: 'Alice', text: 'why?' });
    const listed = [
      message({ content: 'because', author: BOT, id: '7' }),
      message({ content: 'x', id: '6' }),
    ];
    expect(utterances(listed, BOT.id, asked)).toEqual([
      { name: 'Alice', text: 'x' },
      { name: 'Alice', text: 'why?' },
      { name: null, text: 'because' },
    ]);
  });

  it.each([
    ['-# 💭 Thinking…', []],
    ['⚠️ The model took too long. Please try again, or ask for something shorter.', []],
    ['💤 Chat is switched off. The operator …', []],
    ['✅ Configuration reloaded successfully!\n📊 …', []],
    ['half an answer\n\n-# ⏹️ Stopped.', ['half an answer']],
    ['⚠️ Careful with that.', ['⚠️ Careful with that.']],
  ])('leave out what the bot says of itself: %j', (content, texts) => {
    const listed = [message({ content, author: BOT })];
    expect(utterances(listed, BOT.id, NOTHING_ASKED).map(({ text }) => text)).toEqual(texts);
    expect(utterances([message({ content })], BOT.id, NOTHING_ASKED)).toHaveLength(1);
  });
});

describe('the history of a channel', () => {
  const old = message({ id: '1', content: 'long ago' });
  const recent = [message({ id: '6', content: 'second' }), message({ id: '5', content: 'first' })];

  function get(route: string): Promise<unknown> {
    if (route === '/channels/9/messages') return Promise.resolve(recent);
    return route.endsWith('/1') ? Promise.resolve(old) : Promise.reject(new Error('Unknown Message'));
  }

  function history(repliesTo: string | null, count = 2): Promise<readonly { text: string }[]> {
    const client = assume<Parameters<typeof channelHistory>[0]['client']>({ user: BOT, rest: { get } });
    return channelHistory({ client, channelId: '9', before: '8', count, repliesTo, asked: NOTHING_ASKED });
  }

  it.each([
    [null, 2, ['first', 'second']],
    ['6', 2, ['first', 'second']],
    ['1', 2, ['first', 'second', 'long ago']],
    ['1', 0, ['long ago']],
    ['2', 2, ['first', 'second']],
  ])('with a reply to %j is what it is about, right before it', async (repliesTo, count, texts) => {
    expect((await history(repliesTo, count)).map(({ text }) => text)).toEqual(texts);
  });
});

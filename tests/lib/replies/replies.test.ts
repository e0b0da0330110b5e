import { type ChatInputCommandInteraction, type Message, MessageFlags } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import { answerInteraction, answerMessage, deferAnswer } from '../../../src/lib/replies/replies.js';

const PLAIN = { mask: String };
const LONG = Array.from({ length: 100 }, () => 'x'.repeat(90));

let calls: [string, Readonly<Record<string, unknown>>][];

beforeEach(() => {
  calls = [];
});

function recording(name: string) {
  return (body: Readonly<Record<string, unknown>>): Promise<void> => {
    calls.push([name, body]);
    return Promise.resolve();
  };
}

/** An interaction that records how it is answered. */
function interaction(state: { deferred?: boolean; replied?: boolean }): ChatInputCommandInteraction {
  const names = ['reply', 'editReply', 'followUp', 'deferReply'];
  const methods = Object.fromEntries(names.map((name) => [name, recording(name)]));
  return assume({ channel: null, deferred: false, replied: false, ...state, ...methods });
}

describe('the answer to a slash command', () => {
  it.each([
    ['reply', {}, { flags: MessageFlags.Ephemeral }],
    // An edit keeps the flags of the deferral.
    ['editReply', { deferred: true }, {}],
    ['followUp', { deferred: true, replied: true }, { flags: MessageFlags.Ephemeral }],
  ])('is a %s when the interaction is %j, for the asker only', async (method, state, flags) => {
    await answerInteraction(interaction(state), { lines: ['hello'] }, PLAIN);
    expect(calls).toMatchObject([[method, { content: 'hello', allowedMentions: { parse: [] }, ...flags }]]);
  });

  it('is one cut page where the bot does not know the channel and could not turn pages', async () => {
    await answerInteraction(interaction({}), { lines: LONG }, PLAIN);
    expect(calls).toMatchObject([['reply', { content: expect.stringMatching(/… and \d+ more$/) }]]);
  });

  it('is deferred for the asker only, and once', async () => {
    await deferAnswer(interaction({}));
    await deferAnswer(interaction({ deferred: true }));
    expect(calls).toEqual([['deferReply', { flags: MessageFlags.Ephemeral }]]);
  });
});

describe('the answer to a message', () => {
  it('is a reply that pings nobody, even if the message is gone', async () => {
    const message = assume<Message>({ reply: recording('reply') });
    await answerMessage(message, { lines: ['hello'] }, PLAIN);
    expect(calls).toMatchObject([
      [
        'reply',
        { content: 'hello', allowedMentions: { parse: [], repliedUser: false }, failIfNotExists: false },
      ],
    ]);
  });
});

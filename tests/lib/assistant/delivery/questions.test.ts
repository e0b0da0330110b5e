import { Collection, MessageFlags, MessageFlagsBitField, type Message } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import { answerQuestion, type Assistant } from '../../../../src/lib/assistant/delivery/questions.js';

const AUDIO = { name: 'voice.ogg', contentType: 'audio/ogg', size: 1, url: 'https://x' };
const IMAGE = { name: 'cat.png', contentType: 'image/png', size: 1, url: 'https://x' };

const FILE = { name: 'notes.txt', contentType: 'text/plain', size: 1, url: 'https://x' };

interface Said {
  readonly content?: string;
  readonly guild?: boolean;
  readonly mentioned?: boolean;
  readonly system?: boolean;
  readonly attachments?: readonly (typeof AUDIO)[];
  readonly flags?: MessageFlags;
}

function message({ content = '', guild = true, mentioned = true, system = false, ...said }: Said): Message {
  const user = { id: '1', bot: true };
  return assume({
    id: '9',
    content,
    system,
    author: { id: '2', displayName: 'alice' },
    client: { user },
    guildId: guild ? '5' : null,
    channelId: '6',
    inGuild: () => guild,
    channel: { isDMBased: () => !guild, permissionsFor: () => null },
    member: null,
    mentions: { users: new Collection(mentioned ? [['1', user]] : []) },
    attachments: new Collection((said.attachments ?? []).map((each, index) => [String(index), each])),
    flags: new MessageFlagsBitField(said.flags ?? 0),
  });
}

let asked: unknown[];

beforeEach(() => {
  asked = [];
});

const assistant: Assistant = {
  ask: (_request, question) => Promise.resolve(void asked.push(['ask', question])),
  askAloud: (_request, { name }, text) => Promise.resolve(void asked.push(['askAloud', name, text])),
  transcribe: (_request, { name }) => Promise.resolve(void asked.push(['transcribe', name])),
  decline: (_request, sentence) => Promise.resolve(void asked.push(['decline', sentence])),
};

describe('a message that is not a command', () => {
  it.each<[string, Said, readonly unknown[]]>([
    ['a mention with a question', { content: '<@1> hello' }, ['ask', 'hello']],
    ['a question before the mention', { content: 'hello <@!1>' }, ['ask', 'hello']],
    ['a direct message', { content: 'hello', guild: false, mentioned: false }, ['ask', 'hello']],
    ['a bare mention', { content: '<@1>' }, ['decline', expect.stringContaining('Ask me something')]],
    ['a recording alone', { content: '<@1>', attachments: [AUDIO] }, ['transcribe', 'voice.ogg']],
    [
      'a recording with a question',
      { content: '<@1> hm', attachments: [IMAGE, AUDIO] },
      ['askAloud', 'voice.ogg', 'hm'],
    ],
    [
      'a voice message',
      { guild: false, attachments: [AUDIO], flags: MessageFlags.IsVoiceMessage },
      ['askAloud', 'voice.ogg', ''],
    ],
    ['a picture alone', { content: '<@1>', attachments: [IMAGE] }, ['ask', '']],
    ['a file alone', { content: '<@1>', attachments: [FILE] }, ['transcribe', 'notes.txt']],
  ])('is answered: %s', async (_, said, expected) => {
    await answerQuestion(message(said), assistant);
    expect(asked).toEqual([expected]);
  });

  it.each<[string, Said]>([
    ['in a server, without a mention of the bot', { content: 'hello', mentioned: false }],
    ["of Discord's own", { content: '<@1> joined', system: true }],
  ])('is ignored: %s', async (_, said) => {
    await answerQuestion(message(said), assistant);
    expect(asked).toEqual([]);
  });
});

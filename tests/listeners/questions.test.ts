import { container, Events, type Listener } from '@sapphire/framework';
import { Collection, MessageFlagsBitField } from 'discord.js';
import { assume } from 'loopback-kit';
import { expect, it } from 'vitest';

import { AnswerBareMentionListener } from '../../src/listeners/questions/answer-bare-mention.js';
import { AnswerPlainMessageListener } from '../../src/listeners/questions/answer-plain-message.js';
import { AnswerSlashOnlyCommandListener } from '../../src/listeners/questions/answer-slash-only-command.js';
import { AnswerUnknownCommandListener } from '../../src/listeners/questions/answer-unknown-command.js';
import { AnswerUnnamedCommandListener } from '../../src/listeners/questions/answer-unnamed-command.js';

const message = {
  content: 'hello',
  author: { id: '2', displayName: 'alice' },
  client: { user: { id: '1' } },
  inGuild: () => false,
  channel: { isDMBased: () => true },
  attachments: new Collection(),
  flags: new MessageFlagsBitField(),
};

/** Whatever Sapphire's parser makes of a message that is not a command. */
const LISTENERS = [
  [Events.NonPrefixedMessage, AnswerPlainMessageListener, message],
  [Events.MentionPrefixOnly, AnswerBareMentionListener, message],
  [Events.UnknownMessageCommand, AnswerUnknownCommandListener, { message }],
  [Events.UnknownMessageCommandName, AnswerUnnamedCommandListener, { message }],
  [Events.CommandDoesNotHaveMessageCommandHandler, AnswerSlashOnlyCommandListener, { message }],
] as const;

it.each(LISTENERS)('a question that comes as %s is answered', async (event, Class, payload) => {
  const asked: unknown[] = [];
  container.client = assume({});
  container.assistant = assume({ ask: (_: unknown, question: string) => asked.push(question) });
  const listener: Listener = assume(
    new Class(assume({ name: 'x', path: '', root: '', store: { name: 'listeners' } }), {}),
  );
  expect(listener.event).toBe(event);
  await listener.run(payload);
  expect(asked).toEqual(['hello']);
});

import { container, Events, type Listener, UserError } from '@sapphire/framework';
import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import { AnswerDeniedInteractionListener } from '../../src/listeners/answer-denied-interaction.js';
import { AnswerDeniedMessageListener } from '../../src/listeners/answer-denied-message.js';
import { AnswerFailedInteractionListener } from '../../src/listeners/answer-failed-interaction.js';
import { AnswerFailedMessageListener } from '../../src/listeners/answer-failed-message.js';
import { pieceContext } from '../support/piece-context.js';

let answers: unknown[];
/** Stands for an interaction and for a message: both can be replied to. */
const asked = {
  channel: null,
  deferred: false,
  replied: false,
  reply: (body: unknown) => answers.push(body),
};
const payload = { interaction: asked, message: asked };

beforeEach(() => {
  answers = [];
  container.client = assume({});
  container.config = assume({ mask: (text: string) => text.replaceAll('hunter22', '[hidden]') });
});

async function answerTo(
  Class: typeof AnswerDeniedMessageListener,
  event: string,
  error: unknown,
): Promise<unknown> {
  const listener: Listener = assume(new Class(pieceContext(), {}));
  expect(listener.event).toBe(event);
  await listener.run(error, payload);
  return answers;
}

describe.each([
  [Events.ChatInputCommandDenied, AnswerDeniedInteractionListener],
  [Events.MessageCommandDenied, AnswerDeniedMessageListener],
] as const)('%s', (event, Class) => {
  it('is answered with the reason, without its secrets', async () => {
    const error = new UserError({ identifier: 'AdminOnly', message: 'Not with hunter22.' });
    await expect(answerTo(assume(Class), event, error)).resolves.toMatchObject([
      { content: 'Not with [hidden].' },
    ]);
  });
});

describe.each([
  [Events.ChatInputCommandError, AnswerFailedInteractionListener],
  [Events.MessageCommandError, AnswerFailedMessageListener],
] as const)('%s', (event, Class) => {
  it('is answered without a word of what went wrong inside', async () => {
    await expect(answerTo(assume(Class), event, new Error('row 7 of the table'))).resolves.toMatchObject([
      { content: "⚠️ Something went wrong. Details are in the bot's log." },
    ]);
  });

  it('is answered with what the user can put right', async () => {
    const error = new UserError({ identifier: 'MemoryOff', message: 'The memory is off.' });
    await expect(answerTo(assume(Class), event, error)).resolves.toMatchObject([
      { content: '⚠️ The memory is off.' },
    ]);
  });
});

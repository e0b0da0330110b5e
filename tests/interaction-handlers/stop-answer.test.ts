import { container } from '@sapphire/framework';
import { type ButtonInteraction, MessageFlags } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, expect, it } from 'vitest';

import { StopAnswerHandler } from '../../src/interaction-handlers/stop-answer.js';
import { StopButtons } from '../../src/lib/assistant/delivery/stop-buttons.js';
import { pieceContext } from '../support/piece-context.js';

let answers: unknown[];
let stopped: number;
let customId: string;
let release: () => void;

beforeEach(() => {
  answers = [];
  stopped = 0;
  const buttons = new StopButtons();
  const button = buttons.add('1', () => stopped++);
  release = () => {
    button.release();
  };
  customId = assume<[{ components: [{ custom_id: string }] }]>(button.components)[0].components[0].custom_id;
  container.assistant = assume({ stop: buttons.press.bind(buttons) });
});

function handler(): StopAnswerHandler {
  container.client = assume({});
  return new StopAnswerHandler(pieceContext(), assume({}));
}

function press(userId: string): ButtonInteraction {
  return assume({
    customId,
    user: { id: userId },
    deferUpdate: () => answers.push('updated'),
    reply: (body: unknown) => answers.push(body),
  });
}

it('takes the buttons under answers, and no others', () => {
  expect(handler().parse(press('1')).isSome()).toBe(true);
  expect(
    handler()
      .parse(assume({ customId: 'page-2' }))
      .isSome(),
  ).toBe(false);
});

it('stops the answer of the person who asked, without another message', async () => {
  await handler().run(press('1'));
  expect(stopped).toBe(1);
  expect(answers).toEqual(['updated']);
});

it('refuses everybody else, in private', async () => {
  await handler().run(press('2'));
  expect(stopped).toBe(0);
  expect(answers).toEqual([
    {
      content: '🚫 Only the person who asked can stop this answer.',
      flags: MessageFlags.Ephemeral,
      allowedMentions: expect.objectContaining({ parse: [] }),
    },
  ]);
});

it('says so when the answer has finished', async () => {
  release();
  await handler().run(press('1'));
  expect(stopped).toBe(0);
  expect(answers).toMatchObject([
    { content: 'This answer has already finished.', flags: MessageFlags.Ephemeral },
  ]);
});

import { type ButtonInteraction, MessageFlags } from 'discord.js';
import { assume } from 'loopback-kit';
import { expect, it } from 'vitest';

import { changeAnswer, deferChange, refusePress } from '../../../src/lib/replies/presses.js';

/** An interaction that writes down what is done with it. */
function pressed(deferred: boolean): { interaction: ButtonInteraction; done: [string, unknown][] } {
  const done: [string, unknown][] = [];
  const does =
    (name: string) =>
    (options: unknown): Promise<void> => {
      done.push([name, options]);
      return Promise.resolve();
    };
  const interaction = assume<ButtonInteraction>({
    deferred,
    deferUpdate: does('deferUpdate'),
    editReply: does('editReply'),
    followUp: does('followUp'),
    reply: does('reply'),
  });
  return { interaction, done };
}

it('a press is deferred once', async () => {
  const [first, second] = [pressed(false), pressed(true)];
  await deferChange(first.interaction);
  await deferChange(second.interaction);
  expect([first.done.length, second.done.length]).toEqual([1, 0]);
});

it('the message with the button becomes the reply, masked, without the button, and pings nobody', async () => {
  const { interaction, done } = pressed(true);
  const masking = { mask: (text: string) => text.replaceAll('s3cret', '[hidden]') };
  await changeAnswer(interaction, { lines: ['a s3cret', '@everyone'] }, masking);
  expect(done).toEqual([
    [
      'editReply',
      { content: 'a [hidden]\n@everyone', embeds: [], components: [], allowedMentions: expect.anything() },
    ],
  ]);
});

it('a refusal is for whoever pressed, before and after a deferral', async () => {
  for (const deferred of [false, true]) {
    const { interaction, done } = pressed(deferred);
    await refusePress(interaction, 'no');
    expect(done).toMatchObject([
      [deferred ? 'followUp' : 'reply', { content: 'no', flags: MessageFlags.Ephemeral }],
    ]);
  }
});

import {
  type ChatInputCommandInteraction,
  MessageFlags,
  PermissionsBitField,
  type PermissionsString,
} from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import { InteractionPlace } from '../../../../src/lib/assistant/delivery/interaction-place.js';
import { LONGEST_COMMAND_ANSWER } from '../../../../src/rules.js';

let calls: [string, unknown][];

beforeEach(() => {
  calls = [];
});

const LONG_AGO = Date.now() - 20 * 60_000;

function called(name: string, body: object): Promise<unknown> {
  calls.push([name, body]);
  return Promise.resolve({ id: String(calls.length) });
}

/** With `permissions`, in a channel that the bot knows. */
function place(
  createdTimestamp = Date.now(),
  permissions: readonly PermissionsString[] | null = null,
): InteractionPlace {
  const channel = {
    isSendable: () => true,
    isThread: () => false,
    isDMBased: () => false,
    send: (body: object) => called('channel.send', body),
    messages: { edit: (id: string, body: object) => called('channel.edit', { id, ...body }) },
  };
  const interaction: Record<string, unknown> = {
    deferred: false,
    createdTimestamp,
    channel: permissions === null ? null : channel,
    appPermissions: new PermissionsBitField([...(permissions ?? [])]),
  };
  for (const name of ['reply', 'editReply', 'followUp', 'deleteReply', 'deferReply']) {
    interaction[name] = (body: unknown): Promise<unknown> => {
      calls.push([name, body]);
      if (name === 'deferReply') interaction['deferred'] = true;
      return Promise.resolve({ id: String(calls.length) });
    };
  }
  return new InteractionPlace(assume<ChatInputCommandInteraction>(interaction));
}

const names = (): string[] => calls.map(([name]) => name);

describe('InteractionPlace', () => {
  it('fills the deferred answer first, and follows up with the rest', async () => {
    const answer = place();
    await answer.defer();
    const first = await answer.post({ content: 'first' });
    await answer.post({ content: 'second' });
    await first.edit({ content: 'first, longer' });
    expect(names()).toEqual(['deferReply', 'editReply', 'followUp', 'editReply']);
    expect(calls[3]?.[1]).toMatchObject({ content: 'first, longer', message: '2' });
    for (const [, body] of calls.slice(1)) expect(body).toMatchObject({ allowedMentions: { parse: [] } });
  });

  it('knows that Discord takes answers for less than fifteen minutes', () => {
    expect(place().msLeft).toBeGreaterThan(13 * 60_000);
    expect(place().msLeft).toBeLessThan(15 * 60_000);
    expect(place(Date.now() - 10 * 60_000).msLeft).toBeLessThan(5 * 60_000);
    expect(place(Date.now() - 20 * 60_000).msLeft).toBe(0);
  });

  it('takes as long as the operator was told', () => {
    expect(place(Date.now()).msLeft / 1000).toBeCloseTo(LONGEST_COMMAND_ANSWER, -1);
  });

  it('moves on as messages of its own where the bot may write them', async () => {
    const answer = place(LONG_AGO, ['ViewChannel', 'SendMessages']);
    expect(answer.msLeft).toBe(Infinity);
    const posted = await answer.post({ content: 'the end' });
    await posted.edit({ content: 'the very end' });
    await answer.refuse('No.');
    expect(names()).toEqual(['channel.send', 'channel.edit', 'channel.send']);
    expect(calls[1]?.[1]).toMatchObject({ id: posted.id, content: 'the very end' });
    for (const [, body] of calls) expect(body).toMatchObject({ allowedMentions: { parse: [] } });
  });

  it('stays where it is for as long as Discord takes it', async () => {
    const answer = place(Date.now(), ['ViewChannel', 'SendMessages']);
    await answer.defer();
    await (await answer.post({ content: 'first' })).edit({ content: 'first, longer' });
    expect(names()).toEqual(['deferReply', 'editReply', 'editReply']);
  });

  it('ends in time where the bot may not write', () => {
    expect(place(LONG_AGO, ['ViewChannel']).msLeft).toBe(0);
    expect(place(LONG_AGO).msLeft).toBe(0);
  });

  it('refuses for the eyes of the asker only, and takes a public deferral back for it', async () => {
    await place().refuse('No.');
    expect(calls).toMatchObject([['reply', { content: 'No.', flags: MessageFlags.Ephemeral }]]);
    calls = [];
    const deferred = place();
    await deferred.defer();
    await deferred.refuse('No.');
    expect(names()).toEqual(['deferReply', 'deleteReply', 'followUp']);
  });
});

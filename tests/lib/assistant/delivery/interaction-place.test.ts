import { type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import {
  InteractionPlace,
  timeoutWarning,
} from '../../../../src/lib/assistant/delivery/interaction-place.js';

let calls: [string, unknown][];

beforeEach(() => {
  calls = [];
});

function place(createdTimestamp = Date.now()): InteractionPlace {
  const interaction: Record<string, unknown> = { deferred: false, createdTimestamp };
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

  it('warns of a TIMEOUT that is longer than that', () => {
    expect(timeoutWarning(840)).toBeNull();
    expect(timeoutWarning(3600)).toMatch(/^TIMEOUT is 3600 seconds, but .* end after 840 seconds$/);
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

import type { Message } from 'discord.js';
import { assume } from 'loopback-kit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { MessagePlace } from '../../../../src/lib/assistant/delivery/message-place.js';
import { RefusedTokenError } from '../../../../src/lib/gateway/token-keeper.js';

const A_MINUTE = 60_000;
let typed = 0;

/** A message in a channel where it is counted how often the bot says that it types. */
function message(refusal: Error = new Error('Discord has better things to do')): Message {
  const channel = {
    isDMBased: () => true,
    isThread: () => false,
    isSendable: () => true,
    sendTyping: () => {
      typed += 1;
      return Promise.reject(refusal);
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parts that are looked at
  return { channel, reply: () => Promise.resolve({}) } as unknown as Message;
}

beforeEach(() => {
  typed = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('MessagePlace', () => {
  it('shows the typing indicator for as long as it takes, and no longer', async () => {
    const place = new MessagePlace(message());
    await place.defer();
    await vi.advanceTimersByTimeAsync(A_MINUTE);
    // What Discord shows lasts for ten seconds.
    expect(typed).toBeGreaterThanOrEqual(6);
    place.settle();
    const before = typed;
    await vi.advanceTimersByTimeAsync(A_MINUTE);
    expect(typed).toBe(before);
  });

  it.each([
    [[], null, 'reply'],
    [['ReadMessageHistory'], null, 'send'],
    [['SendMessages'], 'missing SendMessages in channel 2 of server 1', null],
    [['ViewChannel', 'SendMessages'], 'missing ViewChannel, SendMessages in channel 2 of server 1', null],
  ])('knows without %j what it can do', async (lacking, obstacle, method) => {
    const done: string[] = [];
    const did = (name: string) => () => Promise.resolve({ id: String(done.push(name)) });
    const channel = {
      isDMBased: () => false,
      isThread: () => false,
      isSendable: () => true,
      send: did('send'),
      guild: { members: { me: {} } },
      permissionsFor: () => ({
        missing: (needed: string[]) => needed.filter((one) => lacking.includes(one)),
      }),
    };
    const place = new MessagePlace(
      assume<Message>({ channel, guildId: '1', channelId: '2', reply: did('reply') }),
    );
    expect(place.obstacle).toBe(obstacle);
    if (method === null) return;
    await place.post({ content: 'hello' });
    expect(done).toEqual([method]);
  });

  it('stops typing once there is something to read, until it is deferred again', async () => {
    const place = new MessagePlace(message());
    await place.defer();
    await place.post({ content: 'what was understood' });
    await vi.advanceTimersByTimeAsync(A_MINUTE);
    expect(typed).toBe(1);
    await place.defer();
    expect(typed).toBe(2);
    place.settle();
  });

  it('defers no answer with a token that Discord has refused', async () => {
    const place = new MessagePlace(message(new RefusedTokenError()));
    await expect(place.defer()).rejects.toThrow(RefusedTokenError);
    place.settle();
  });
});

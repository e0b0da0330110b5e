import type { Message } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { MessagePlace } from '../../../../src/lib/assistant/delivery/message-place.js';

const A_MINUTE = 60_000;
let typed: number;

/** A message in a channel where it is counted how often the bot says that it types. */
function message(): Message {
  const channel = {
    isSendable: () => true,
    sendTyping: () => {
      typed += 1;
      return Promise.reject(new Error('Discord has better things to do'));
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
  it('shows that the bot types for as long as it takes, and then no more', async () => {
    const place = new MessagePlace(message());
    await place.promise();
    await vi.advanceTimersByTimeAsync(A_MINUTE);
    // What Discord shows lasts for ten seconds.
    expect(typed).toBeGreaterThanOrEqual(6);
    place.leave();
    const before = typed;
    await vi.advanceTimersByTimeAsync(A_MINUTE);
    expect(typed).toBe(before);
  });

  it('types no more once there is something to read, until more is promised', async () => {
    const place = new MessagePlace(message());
    await place.promise();
    await place.post({ content: 'what was understood' });
    await vi.advanceTimersByTimeAsync(A_MINUTE);
    expect(typed).toBe(1);
    await place.promise();
    expect(typed).toBe(2);
    place.leave();
  });
});

import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import { Gate } from '../../../../src/lib/assistant/admission/gate.js';
import type { Job } from '../../../../src/lib/assistant/delivery/requests.js';
import { NO_USAGE } from '../../../../src/lib/usage/usage.js';

const NOON = Date.UTC(2026, 10, 24, 12);
const MIDNIGHT = `<t:${String(Date.UTC(2026, 10, 25) / 1000)}:R>`;

let asked: string[];
let gate: Gate;

beforeEach(() => {
  asked = [];
  gate = new Gate({
    usage: {
      usageOf: (id) => Promise.resolve({ ...NO_USAGE, input: id === 'alice' ? 60 : 0, output: 40 }),
      total: () => Promise.resolve({ ...NO_USAGE, people: 2, input: 300, output: 700 }),
    },
    isOwner: (id) => {
      asked.push(id);
      return Promise.resolve(id === 'owner');
    },
    now: () => NOON,
  });
});

function job(id: string, settings: object = {}): Job {
  return assume({
    asker: { id, name: id },
    guildId: '1',
    channelIds: ['2'],
    roleIds: [],
    snapshot: {
      settings: {
        ASSISTANT_GUILD_IDS: [],
        ASSISTANT_CHANNEL_IDS: [],
        ASSISTANT_ROLE_IDS: [],
        ASSISTANT_DIRECT_MESSAGES: true,
        ASSISTANT_REQUESTS_PER_MINUTE: 0,
        ASSISTANT_DAILY_TOKENS_PER_PERSON: 0,
        ASSISTANT_DAILY_TOKENS: 0,
        ...settings,
      },
    },
  });
}

describe('the gate', () => {
  it('lets everybody through without limits, and asks Discord nothing', async () => {
    for (let count = 0; count < 20; count++) expect(await gate.refusalFor(job('alice'))).toBeNull();
    expect(await gate.accessRefusal(job('alice'))).toBeNull();
    expect(await gate.spentRefusal(job('alice'))).toBeNull();
    expect(asked).toEqual([]);
  });

  it('refuses those whom the assistant is not for, but not the owners', async () => {
    const settings = { ASSISTANT_GUILD_IDS: ['9'] };
    expect(await gate.accessRefusal(job('alice', settings))).toMatch(/this server/);
    expect(await gate.refusalFor(job('alice', settings))).toMatch(/this server/);
    expect(await gate.refusalFor(job('owner', settings))).toBeNull();
  });

  it('refuses those who ask too often, and says when they may', async () => {
    const settings = { ASSISTANT_REQUESTS_PER_MINUTE: 1 };
    for (const id of ['alice', 'owner', 'owner']) expect(await gate.refusalFor(job(id, settings))).toBeNull();
    expect(await gate.refusalFor(job('alice', settings))).toMatch(
      /^⏳ You can ask once a minute\. Please try again in \d+ seconds\.$/,
    );
  });

  it('refuses those who have used up their tokens', async () => {
    const settings = { ASSISTANT_DAILY_TOKENS_PER_PERSON: 100 };
    const sentence = `🪫 You have used up your tokens for today. New ones come ${MIDNIGHT}.`;
    expect(await gate.refusalFor(job('alice', settings))).toBe(sentence);
    expect(await gate.spentRefusal(job('alice', settings))).toBe(sentence);
    expect(await gate.refusalFor(job('bob', settings))).toBeNull();
    expect(await gate.refusalFor(job('alice', { ASSISTANT_DAILY_TOKENS_PER_PERSON: 101 }))).toBeNull();
  });

  it('refuses everybody but the owners when the tokens of all are used up', async () => {
    const settings = { ASSISTANT_DAILY_TOKENS: 1000 };
    expect(await gate.refusalFor(job('bob', settings))).toMatch(/^🪫 The assistant has used up its tokens/);
    expect(await gate.spentRefusal(job('owner', settings))).toBeNull();
    expect(await gate.refusalFor(job('bob', { ASSISTANT_DAILY_TOKENS: 1001 }))).toBeNull();
  });

  it('does not wait for long until Discord says who owns the bot', async () => {
    const slow = new Gate({
      usage: assume({}),
      isOwner: () => new Promise(() => undefined),
      now: () => NOON,
    });
    expect(await slow.accessRefusal(job('owner', { ASSISTANT_GUILD_IDS: ['9'] }))).toMatch(/this server/);
  });
});

import { describe, expect, it } from 'vitest';

import { accessRefusal } from '../../../../src/lib/assistant/admission/access.js';

const OPEN = {
  ASSISTANT_GUILD_IDS: [],
  ASSISTANT_CHANNEL_IDS: [],
  ASSISTANT_ROLE_IDS: [],
  ASSISTANT_DIRECT_MESSAGES: true,
};
const IN_THREAD = { guildId: '1', channelIds: ['thread', 'channel', 'category'], roleIds: ['member'] };
const DIRECT = { guildId: null, channelIds: ['direct'], roleIds: [] };

describe('the assistant', () => {
  it('answers everybody everywhere unless told otherwise', () => {
    expect(accessRefusal(IN_THREAD, OPEN)).toBeNull();
    expect(accessRefusal(DIRECT, OPEN)).toBeNull();
  });

  it.each(['thread', 'channel', 'category'])('answers in a thread of an allowed %s', (id) => {
    expect(accessRefusal(IN_THREAD, { ...OPEN, ASSISTANT_CHANNEL_IDS: ['other', id] })).toBeNull();
  });

  it.each([
    ['in another server', { ASSISTANT_GUILD_IDS: ['2'] }, /this server/],
    ['in another channel', { ASSISTANT_CHANNEL_IDS: ['other'] }, /this channel/],
    ['somebody without the role', { ASSISTANT_ROLE_IDS: ['other'] }, /certain roles/],
  ])('does not answer %s', (_, settings, sentence) => {
    expect(accessRefusal(IN_THREAD, { ...OPEN, ...settings })).toMatch(sentence);
  });

  it('answers members with one of several roles', () => {
    expect(accessRefusal(IN_THREAD, { ...OPEN, ASSISTANT_ROLE_IDS: ['other', 'member'] })).toBeNull();
  });

  it('answers direct messages whatever the servers and channels, but not when a role is needed', () => {
    const elsewhere = { ...OPEN, ASSISTANT_GUILD_IDS: ['1'], ASSISTANT_CHANNEL_IDS: ['2'] };
    expect(accessRefusal(DIRECT, elsewhere)).toBeNull();
    expect(accessRefusal(DIRECT, { ...OPEN, ASSISTANT_DIRECT_MESSAGES: false })).toMatch(/direct messages/);
    expect(accessRefusal(DIRECT, { ...OPEN, ASSISTANT_ROLE_IDS: ['member'] })).toMatch(/certain roles/);
  });
});

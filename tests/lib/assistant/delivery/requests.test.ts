import { type ChatInputCommandInteraction, type Message, MessageType, PermissionsBitField } from 'discord.js';
import { assume } from 'loopback-kit';
import { expect, it } from 'vitest';

import { InteractionPlace } from '../../../../src/lib/assistant/delivery/interaction-place.js';
import { MessagePlace } from '../../../../src/lib/assistant/delivery/message-place.js';
import { requestIn, requestOf } from '../../../../src/lib/assistant/delivery/requests.js';

it('a slash command and a message are the same request, answered in their own place', () => {
  const common = { id: '9', guildId: null, channelId: '6' };
  const user = { id: '1', displayName: 'alice' };
  const asked = { ...common, asker: { id: '1', name: 'alice' } };
  const slash = requestOf(assume<ChatInputCommandInteraction>({ ...common, user }));
  expect(slash).toMatchObject(asked);
  expect(slash.place).toBeInstanceOf(InteractionPlace);
  const message = requestIn(assume<Message>({ ...common, author: user, channel: { isDMBased: () => true } }));
  expect(message).toMatchObject(asked);
  expect(message.place).toBeInstanceOf(MessagePlace);
});

it.each([
  [['ViewChannel', 'ReadMessageHistory'], true],
  [['ViewChannel'], false],
  [['ReadMessageHistory'], false],
] as const)('somebody with %j may have the history of a channel: %j', (permissions, may) => {
  const bits = new PermissionsBitField([...permissions]);
  const common = { id: '9', guildId: '5', channelId: '6' };
  const user = { id: '1', displayName: 'alice' };
  const slash = requestOf(assume({ ...common, user, memberPermissions: bits }));
  const channel = { isDMBased: () => false, permissionsFor: () => bits };
  const message = requestIn(assume({ ...common, author: user, channel }));
  expect([slash.mayReadHistory, message.mayReadHistory]).toEqual([may, may]);
  const nowhere = requestOf(assume({ ...common, user, channelId: null, memberPermissions: bits }));
  expect(nowhere.mayReadHistory).toBe(false);
});

it('a reply is a request about another message, and a forwarded one is not', () => {
  const said = { author: { id: '1', displayName: 'alice' }, channel: { isDMBased: () => true } };
  const reference = { messageId: '3' };
  const requestFor = (type: MessageType) => requestIn(assume<Message>({ ...said, type, reference }));
  expect(requestFor(MessageType.Reply).repliesTo).toBe('3');
  expect(requestFor(MessageType.Default).repliesTo).toBeNull();
});

import {
  type ChatInputCommandInteraction,
  Collection,
  type Message,
  MessageType,
  PermissionsBitField,
} from 'discord.js';
import { assume } from 'loopback-kit';
import { expect, it } from 'vitest';

import { InteractionPlace } from '../../../../src/lib/assistant/delivery/interaction-place.js';
import { MessagePlace } from '../../../../src/lib/assistant/delivery/message-place.js';
import { requestIn, requestOf } from '../../../../src/lib/assistant/delivery/requests.js';

it('a slash command and a message are the same request, answered in their own place', () => {
  const common = { id: '9', guildId: null, channelId: '6' };
  const user = { id: '1', displayName: 'alice' };
  const attachments = new Collection();
  const asked = { ...common, asker: { id: '1', name: 'alice' } };
  const slash = requestOf(assume<ChatInputCommandInteraction>({ ...common, user, channel: null }));
  expect(slash).toMatchObject(asked);
  expect(slash.place).toBeInstanceOf(InteractionPlace);
  const message = requestIn(
    assume<Message>({ ...common, author: user, attachments, channel: { isDMBased: () => true } }),
  );
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
  const slash = requestOf(assume({ ...common, user, channel: null, memberPermissions: bits }));
  const channel = { isDMBased: () => false, permissionsFor: () => bits };
  const message = requestIn(assume({ ...common, author: user, channel, attachments: new Collection() }));
  expect([slash.mayReadHistory, message.mayReadHistory]).toEqual([may, may]);
  const nowhere = requestOf(
    assume({ ...common, user, channel: null, channelId: null, memberPermissions: bits }),
  );
  expect(nowhere.mayReadHistory).toBe(false);
});

it('a reply is a request about another message, and a forwarded one is not', () => {
  const said = {
    author: { id: '1', displayName: 'alice' },
    channel: { isDMBased: () => true },
    attachments: new Collection(),
  };
  const reference = { messageId: '3' };
  const requestFor = (type: MessageType) => requestIn(assume<Message>({ ...said, type, reference }));
  expect(requestFor(MessageType.Reply).repliesTo).toBe('3');
  expect(requestFor(MessageType.Default).repliesTo).toBeNull();
});

it('a request knows the roles of its asker, and the channel and category of a thread', () => {
  const channel = {
    isDMBased: () => false,
    permissionsFor: () => null,
    parent: { id: '7', parentId: '8' },
  };
  const common = { id: '9', guildId: '5', channelId: '6', channel };
  const user = { id: '1', displayName: 'alice' };
  const asked = { channelIds: ['6', '7', '8'], roleIds: ['3', '4'] };
  const cache = new Collection(['3', '4'].map((id) => [id, {}]));
  const message = { ...common, author: user, member: { roles: { cache } }, attachments: new Collection() };
  expect(requestIn(assume<Message>(message))).toMatchObject(asked);
  // Where the bot does not know the server, Discord sends the ids.
  expect(requestOf(assume({ ...common, user, member: { roles: ['3', '4'] } }))).toMatchObject(asked);
});

it('a request has the images that come with it', () => {
  const image = { name: 'cat.png', contentType: 'image/png', size: 1, url: 'https://x' };
  const sound = { ...image, contentType: 'audio/ogg' };
  const attachments = new Collection([sound, image].map((each, index) => [String(index), each]));
  const said = { author: { id: '1' }, channel: { isDMBased: () => true }, attachments };
  expect(requestIn(assume<Message>(said)).images).toEqual([image]);
  expect(requestOf(assume({ user: { id: '1' }, channel: null }), image).images).toEqual([image]);
});

import type { ChatInputCommandInteraction, Message } from 'discord.js';
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
  const message = requestIn(assume<Message>({ ...common, author: user }));
  expect(message).toMatchObject(asked);
  expect(message.place).toBeInstanceOf(MessagePlace);
});

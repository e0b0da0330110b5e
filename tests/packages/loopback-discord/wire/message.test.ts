import { describe, expect, it } from 'vitest';

import { messageToGateway, messageToWire } from '../../../../packages/loopback-discord/src/wire/message.js';
import { Message } from '../../../../packages/loopback-discord/src/world/message.js';
import type { MessageOptions } from '../../../../packages/loopback-discord/src/world/message.js';
import { newWorld } from '../new-world.js';

function setUp() {
  const world = newWorld();
  const alice = world.addUser('alice');
  const guild = world.addGuild('Home', { members: [{ user: alice }] });
  const write = (content: string, options: Partial<MessageOptions> = {}): Message => {
    const message = new Message({ id: world.ids.next(), channel: guild.channel, author: alice, ...options });
    message.show({ content, embeds: [], attachments: [], components: [] });
    return message;
  };
  return { world, alice, guild, write };
}

describe('a message on the wire', () => {
  it('holds the message it replies to, but not the one before that', () => {
    const { world, write } = setUp();
    const first = write('one');
    const second = write('two', { repliesTo: first });
    const wire = messageToWire(world, write('three', { repliesTo: second }));
    expect(wire).toMatchObject({ type: 19, message_reference: { message_id: second.id } });
    expect(wire.referenced_message?.content).toBe('two');
    expect(wire.referenced_message).not.toHaveProperty('referenced_message');
    second.deleted = true;
    expect(messageToWire(world, write('four', { repliesTo: second })).referenced_message).toBeNull();
  });

  it('mentions users outside of code, and roles', () => {
    const { world, alice, guild, write } = setUp();
    const wire = messageToWire(world, write(`<@${alice.id}> \`<@${world.bot.id}>\` <@&${guild.id}>`));
    expect(wire.mentions.map(({ username }) => username)).toEqual(['alice']);
    expect(wire.mention_roles).toEqual([guild.id]);
  });

  it('says that it was edited, or that it is still being thought of', () => {
    const { world, guild, write } = setUp();
    const message = write('one');
    expect(messageToWire(world, message).edited_timestamp).toBeNull();
    message.show({ content: 'two', embeds: [], attachments: [], components: [] });
    expect(messageToWire(world, message).edited_timestamp).toMatch(/Z$/);
    const thinking = new Message({ id: '1', channel: guild.channel, author: world.bot });
    expect(messageToWire(world, thinking).flags).toBe(128);
  });

  it('comes over the gateway with where it is and who wrote it', () => {
    const { world, alice, guild, write } = setUp();
    expect(messageToGateway(world, write('hello'))).toMatchObject({
      guild_id: guild.id,
      member: { nick: null },
    });
    const direct = messageToGateway(world, write('hello', { channel: world.directMessage(alice) }));
    expect(direct).toMatchObject({ channel_type: 1 });
    expect(direct).not.toHaveProperty('guild_id');
  });
});

import { TypedEvents } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { Interaction } from '../../../../packages/loopback-discord/src/world/interaction.js';
import { Message } from '../../../../packages/loopback-discord/src/world/message.js';
import { newWorld } from '../new-world.js';

function begin() {
  const world = newWorld();
  const { channel } = world.addGuild('Home');
  const events = new TypedEvents<{ shown: object }>();
  const user = world.addUser('alice');
  const interaction = new Interaction({
    id: '1',
    user,
    channel,
    name: 'ask',
    kind: 'command',
    waiter: events,
  });
  const answer = new Message({ id: '2', channel, author: world.bot, interaction });
  interaction.messages.push(answer);
  return { interaction, answer, events };
}

describe('an interaction', () => {
  it('is answered once an answer shows something', async () => {
    const { interaction, answer, events } = begin();
    const reply = interaction.reply();
    events.emit('shown', {});
    answer.show({ content: 'hello', embeds: [], attachments: [], components: [] });
    events.emit('shown', {});
    expect(await reply).toMatchObject({ content: 'hello', message: answer });
  });

  it('tells how it was acknowledged, and after how long', async () => {
    const { interaction } = begin();
    interaction.acknowledge(5);
    const { type, ms } = await interaction.acknowledged;
    expect(type).toBe(5);
    expect(ms).toBeGreaterThanOrEqual(0);
  });

  it('that expired rejects every wait for it', async () => {
    const { interaction } = begin();
    interaction.expire();
    await expect(interaction.acknowledged).rejects.toThrow('did not respond to "ask"');
    await expect(interaction.reply()).rejects.toThrow('an answer to "ask" of alice');
  });
});

import { describe, expect, it } from 'vitest';

import { Message } from '../../../../packages/loopback-discord/src/world/message.js';
import { newWorld } from '../new-world.js';

function begin(): Message {
  const world = newWorld();
  return new Message({ id: '1', channel: world.addGuild('Home').channel, author: world.bot, flags: 64 });
}

const PARTS = { content: 'one', embeds: [], attachments: [], components: [] };

describe('a message', () => {
  it('thinks until it shows something, and keeps all it ever showed', () => {
    const message = begin();
    expect(message).toMatchObject({ thinking: true, ephemeral: true, content: '' });
    message.show(PARTS);
    message.show({ ...PARTS, content: 'two' });
    expect(message).toMatchObject({ thinking: false, content: 'two' });
    expect(message.edits.map(({ content }) => content)).toEqual(['two']);
  });

  it('gives everything readable as text, a line each', () => {
    const message = begin();
    message.show({
      ...PARTS,
      embeds: [
        {
          author: { name: 'author' },
          title: 'title',
          description: 'description',
          fields: [{ name: 'name', value: 'value' }],
          footer: { text: 'footer' },
        },
      ],
      components: [{ type: 17, components: [{ type: 10, content: 'laid out' }] }],
    });
    expect(message.text.split('\n')).toEqual([
      'one',
      'author',
      'title',
      'description',
      'name',
      'value',
      'footer',
      'laid out',
    ]);
  });
});

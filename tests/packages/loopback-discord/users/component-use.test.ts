import { describe, expect, it } from 'vitest';

import {
  componentIn,
  selectionFault,
} from '../../../../packages/loopback-discord/src/users/component-use.js';
import { Message } from '../../../../packages/loopback-discord/src/world/message.js';
import { newWorld } from '../new-world.js';

const SELECT = { type: 3, custom_id: 'pick', max_values: 2, options: [{ value: 'a' }, { value: 'b' }] };

function messageWith(...components: object[]): Message {
  const world = newWorld();
  const { channel } = world.addGuild('Home');
  const message = new Message({ id: '1', channel, author: world.bot });
  message.show({ content: '', embeds: [], attachments: [], components });
  return message;
}

describe('a component', () => {
  it('is found in rows, containers and beside sections', () => {
    const accessory = { type: 2, custom_id: 'stop' };
    const message = messageWith({ type: 17, components: [{ type: 9, components: [], accessory }] });
    expect(componentIn(message, 'stop').type).toBe(2);
    expect(() => componentIn(message, 'go')).toThrow('no component "go"');
  });

  it('cannot be used while it is disabled', () => {
    const message = messageWith({ type: 1, components: [{ type: 2, custom_id: 'stop', disabled: true }] });
    expect(() => componentIn(message, 'stop')).toThrow('disabled');
  });
});

describe('a selection', () => {
  it.each([
    ['what is offered', ['a', 'b'], undefined],
    ['what is not offered', ['c'], '"c" is not one of its options'],
    ['too little', [], 'between 1 and 2 values are needed'],
    ['too much', ['a', 'b', 'a'], 'between 1 and 2 values are needed'],
  ])('of %s is judged', (_what, values, fault) => {
    expect(selectionFault({ type: 3, fields: SELECT }, values)).toBe(fault);
  });

  it('of users is not supported', () => {
    expect(selectionFault({ type: 5, fields: {} }, ['1'])).toContain('not supported');
  });
});

import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import { expect, it } from 'vitest';

import { GrowingMessages } from '../../../../src/lib/assistant/delivery/growing-messages.js';

it('growing messages touch only those that have to look different', async () => {
  const calls: string[] = [];
  const place = {
    msLeft: Infinity,
    obstacle: null,
    defer: () => Promise.resolve(),
    refuse: () => Promise.resolve(),
    settle: () => undefined,
    post: ({ content }: { content: string }) => {
      calls.push(`post ${content}`);
      return Promise.resolve({
        id: '1',
        edit: (edited: { content: string }) => Promise.resolve(void calls.push(`edit ${edited.content}`)),
      });
    },
  };
  const button: readonly APIMessageTopLevelComponent[] = [{ type: ComponentType.ActionRow, components: [] }];
  const messages = new GrowingMessages(place);
  await messages.show(['a'], button);
  await messages.show(['a'], button);
  expect(calls).toEqual(['post a']);
  // The button moves to the last message.
  await messages.show(['a', 'b'], button);
  await messages.show(['a', 'bc'], button);
  expect(calls).toEqual(['post a', 'edit a', 'post b', 'edit bc']);
});

import { expect, it } from 'vitest';

import { newWorld } from '../new-world.js';

it('begins with everyone, administrators and one channel', () => {
  const guild = newWorld().addGuild('Home');
  expect([...guild.roles.values()].map(({ name }) => name)).toEqual(['@everyone', 'Administrators']);
  expect(guild.roles.get(guild.id)?.name).toBe('@everyone');
  expect([...guild.channels.values()]).toEqual([guild.channel]);
});

import { expect, it } from 'vitest';

import { guildCreateToWire, guildToWire } from '../../../../packages/loopback-discord/src/wire/guild.js';
import { newWorld } from '../new-world.js';

it('shows a bot a guild with itself as the only member', () => {
  const world = newWorld();
  const guild = world.addGuild('Home', { members: [{ user: world.addUser('alice') }] });
  const wire = guildCreateToWire(guild, world.memberOf(guild, world.bot));
  expect(wire).toMatchObject({ id: guild.id, member_count: 3, channels: [{ name: 'general' }] });
  expect(wire.members.map(({ user }) => user.id)).toEqual([world.bot.id]);
  expect(guildToWire(guild).roles.map(({ id }) => id)).toEqual([guild.id, guild.administrators.id]);
});

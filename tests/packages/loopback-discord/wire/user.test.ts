import { expect, it } from 'vitest';

import { memberToWire, selfToWire, userToWire } from '../../../../packages/loopback-discord/src/wire/user.js';
import { newWorld } from '../new-world.js';

it('shows a user to others, a bot to itself, and a member with its roles', () => {
  const world = newWorld({ botName: 'robot' });
  expect(userToWire(world.bot)).toMatchObject({ username: 'robot', bot: true, primary_guild: null });
  expect(userToWire(world.bot)).not.toHaveProperty('mfa_enabled');
  expect(selfToWire(world.bot)).toMatchObject({ id: world.bot.id, mfa_enabled: true, locale: 'en-US' });
  const guild = world.addGuild('Home');
  world.setAdministrator(guild, world.bot, true);
  const member = memberToWire(world.memberOf(guild, world.bot));
  expect(member).toMatchObject({ roles: [guild.administrators.id], user: { username: 'robot' } });
});

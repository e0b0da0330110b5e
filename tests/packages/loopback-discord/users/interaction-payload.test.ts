import { TypedEvents } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { interactionToWire } from '../../../../packages/loopback-discord/src/users/interaction-payload.js';
import type { Channel, User } from '../../../../packages/loopback-discord/src/world/guild.js';
import { Interaction } from '../../../../packages/loopback-discord/src/world/interaction.js';
import type { World } from '../../../../packages/loopback-discord/src/world/world.js';
import { newWorld } from '../new-world.js';

function wireOf(world: World, user: User, channel: Channel) {
  const waiter = new TypedEvents<Record<string, object>>();
  const interaction = new Interaction({ id: '1', user, channel, name: 'ask', kind: 'command', waiter });
  return interactionToWire(world, interaction, 2, { name: 'ask' });
}

describe('an interaction on the wire', () => {
  it('comes from a member in a guild, with the permissions of both', () => {
    const world = newWorld();
    const alice = world.addUser('alice');
    const guild = world.addGuild('Home', { members: [{ user: alice, administrator: true }] });
    const { guild: heardIn, payload } = wireOf(world, alice, guild.channel);
    expect(heardIn).toBe(guild);
    expect(payload).toMatchObject({
      guild_id: guild.id,
      context: 0,
      member: { permissions: world.permissionsOf(guild, alice).toString() },
      app_permissions: world.permissionsOf(guild, world.bot).toString(),
    });
  });

  it('comes from a user in a direct message', () => {
    const world = newWorld();
    const alice = world.addUser('alice');
    const { guild, payload } = wireOf(world, alice, world.directMessage(alice));
    expect(guild).toBeUndefined();
    expect(payload).toMatchObject({ context: 1, user: { username: 'alice' } });
    expect(payload).not.toHaveProperty('member');
  });

  it('names who installed the bot, where it is not a member', () => {
    const world = newWorld();
    const alice = world.addUser('alice');
    const guild = world.addGuild('Elsewhere', { withBot: false, members: [{ user: alice }] });
    const { guild: heardIn, payload } = wireOf(world, alice, guild.channel);
    expect(heardIn).toBeUndefined();
    expect(payload).toMatchObject({ authorizing_integration_owners: { 1: alice.id } });
  });
});

import { describe, expect, it, vi } from 'vitest';

import { newWorld } from '../new-world.js';

const SEND = 1n << 11n;

describe('the world', () => {
  it('knows what its members may do', () => {
    const world = newWorld();
    const [alice, bob] = [world.addUser('alice'), world.addUser('bob')];
    const guild = world.addGuild('Home', { members: [{ user: alice, administrator: true }, { user: bob }] });
    const may = (user: typeof bob) => world.permissionsOf(guild, user);
    expect(may(alice)).toBe(may(guild.owner));
    expect([may(bob) & SEND, may(bob) & 8n]).toEqual([SEND, 0n]);
    world.setAdministrator(guild, bob, true);
    expect(may(bob)).toBe(may(alice));
    expect(() => may(world.addUser('eve'))).toThrow('eve is not a member of Home');
  });

  it('tells of guilds and members that change', () => {
    const changes = {
      guildAdded: vi.fn<() => void>(),
      guildRemoved: vi.fn<() => void>(),
      memberChanged: vi.fn<() => void>(),
    };
    const world = newWorld({}, changes);
    const guild = world.addGuild('Home');
    world.setAdministrator(guild, world.bot, true);
    world.removeGuild(guild);
    for (const told of Object.values(changes)) expect(told).toHaveBeenCalledOnce();
    expect(world.channels.size).toBe(0);
  });

  it('has one direct channel for each user', () => {
    const world = newWorld();
    const alice = world.addUser('alice');
    expect(world.directMessage(alice)).toBe(world.directMessage(alice));
    expect(world.directMessage(world.addUser('bob'))).not.toBe(world.directMessage(alice));
  });

  it('is owned by the first member of a team, if there is one', () => {
    const world = newWorld({ team: { members: [{ name: 'ann' }, { name: 'ben', accepted: false }] } });
    expect(world.owner.name).toBe('ann');
    expect(world.team?.members.map(({ accepted }) => accepted)).toEqual([true, false]);
    expect(newWorld({ owner: { name: 'olivia' } }).owner.name).toBe('olivia');
  });
});

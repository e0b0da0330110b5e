import { describe, expect, it } from 'vitest';

import { pingsOf } from '../../../../packages/loopback-discord/src/world/pings.js';
import { newWorld } from '../new-world.js';

function setUp() {
  const world = newWorld();
  const alice = world.addUser('alice');
  const guild = world.addGuild('Home', { members: [{ user: alice }] });
  return { world, alice, guild };
}

describe('a message', () => {
  it('pings everybody it mentions unless told otherwise, but nobody in code', () => {
    const { world, alice, guild } = setUp();
    const content = `@everyone <@${alice.id}> <@&${guild.administrators.id}> \`@here\``;
    expect(pingsOf(world, guild.channel, { content, allowed: undefined, repliedTo: undefined })).toEqual([
      '@everyone',
      '@alice',
      '@&Administrators',
    ]);
    expect(pingsOf(world, guild.channel, { content, allowed: { parse: [] }, repliedTo: undefined })).toEqual(
      [],
    );
  });

  it('pings nobody who is not there', () => {
    const { world, guild } = setUp();
    const stranger = world.addUser('stranger');
    const source = { content: `<@${stranger.id}> @everyone`, allowed: undefined, repliedTo: undefined };
    expect(pingsOf(world, guild.channel, source)).toEqual(['@everyone']);
    expect(pingsOf(world, world.directMessage(stranger), source)).toEqual(['@stranger']);
  });

  it('pings whom it replies to, unless allowed_mentions leaves that out', () => {
    const { world, alice, guild } = setUp();
    const source = { content: '', allowed: undefined, repliedTo: alice };
    expect(pingsOf(world, guild.channel, source)).toEqual(['@alice']);
    expect(pingsOf(world, guild.channel, { ...source, allowed: { parse: [] } })).toEqual([]);
    expect(pingsOf(world, guild.channel, { ...source, allowed: { replied_user: true } })).toEqual(['@alice']);
  });
});

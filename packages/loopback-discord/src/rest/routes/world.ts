import { asRecord } from 'loopback-kit';

import { ApiError } from '../../errors/api-error.js';
import { directChannelToWire, guildChannelToWire, guildToWire } from '../../wire/guild.js';
import { memberToWire, userToWire } from '../../wire/user.js';
import type { User } from '../../world/guild.js';
import type { World } from '../../world/world.js';
import { channelOf, guildOf } from './parts.js';
import type { RoutesParts } from './parts.js';

/** Users, guilds, members, channels. */
export function addWorldRoutes({ router, world }: RoutesParts): void {
  router.add('GET', '/users/:user', ({ param }) => userToWire(userOf(world, param('user'))));
  router.add('POST', '/users/@me/channels', ({ body }) => {
    const user = userOf(world, String(asRecord(body)?.['recipient_id']));
    return directChannelToWire(world.directMessage(user));
  });
  router.add('GET', '/guilds/:guild', ({ param }) => guildToWire(guildOf(world, param('guild'))));
  router.add('GET', '/guilds/:guild/members/:user', ({ param }) => {
    const member = guildOf(world, param('guild')).members.get(param('user'));
    if (!member) throw new ApiError(404, 10_007, 'Unknown Member');
    return memberToWire(member);
  });
  router.add('GET', '/channels/:channel', ({ param }) => {
    const channel = channelOf(world, param('channel'));
    return channel.kind === 'guild' ? guildChannelToWire(channel) : directChannelToWire(channel);
  });
}

function userOf(world: World, id: string): User {
  const user = world.users.get(id);
  if (!user) throw new ApiError(404, 10_013, 'Unknown User');
  return user;
}

import { TeamMemberMembershipState } from 'discord-api-types/v10';
import type { APIApplication } from 'discord-api-types/v10';
import { assume } from 'loopback-kit';

import type { User } from '../world/guild.js';
import type { World } from '../world/world.js';
import { userToWire } from './user.js';

export function applicationToWire(world: World, bot: User): APIApplication {
  const { team, owner } = world;
  return assume({
    id: bot.id,
    name: bot.name,
    icon: null,
    description: '',
    summary: '',
    bot_public: world.isPublic,
    bot_require_code_grant: false,
    bot: userToWire(bot),
    verify_key: '0'.repeat(64),
    flags: assume(0),
    flags_new: '0',
    type: null,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    // As on Discord, the owner of a team's application is a user that stands for the team.
    owner: team ? { ...userToWire(owner), id: team.id, username: `team${team.id}` } : userToWire(owner),
    team: team
      ? {
          id: team.id,
          name: team.name,
          icon: null,
          owner_user_id: owner.id,
          members: team.members.map(({ user, accepted, role }) => ({
            team_id: team.id,
            user: userToWire(user),
            role,
            permissions: ['*'],
            membership_state: accepted
              ? TeamMemberMembershipState.Accepted
              : TeamMemberMembershipState.Invited,
          })),
        }
      : null,
  });
}

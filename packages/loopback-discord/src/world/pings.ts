import { AllowedMentionsTypes } from 'discord-api-types/v10';
import type { APIAllowedMentions } from 'discord-api-types/v10';

import type { Channel, User } from './guild.js';
import type { World } from './world.js';

/** Mentions inside code do not ping. */
const CODE = /```[^]*?```|``[^]*?``|`[^`]*`/g;

export interface PingSource {
  readonly content: string;
  /** As sent; Discord pings everything that is mentioned when it is absent. */
  readonly allowed: APIAllowedMentions | undefined;
  readonly repliedTo: User | undefined;
}

/** Who is notified of a new message: `@everyone`, `@here`, `@name` of a user, `@&name` of a role. */
export function pingsOf(
  world: World,
  channel: Channel,
  { content, allowed, repliedTo }: PingSource,
): string[] {
  const text = withoutCode(content);
  const pings = new Set<string>();
  const parses = (kind: AllowedMentionsTypes): boolean =>
    allowed === undefined || (allowed.parse?.includes(kind) ?? false);

  if (channel.kind === 'guild' && parses(AllowedMentionsTypes.Everyone))
    for (const [mention] of text.matchAll(/@(?:everyone|here)\b/g)) pings.add(mention);
  for (const [, id = ''] of text.matchAll(/<@!?(\d+)>/g)) {
    const user = world.users.get(id);
    if (
      user &&
      isPresent(channel, user) &&
      (parses(AllowedMentionsTypes.User) || allowed?.users?.includes(id))
    )
      pings.add(`@${user.name}`);
  }
  for (const [, id = ''] of text.matchAll(/<@&(\d+)>/g)) {
    const role = channel.kind === 'guild' ? channel.guild.roles.get(id) : undefined;
    if (role && (parses(AllowedMentionsTypes.Role) || allowed?.roles?.includes(id)))
      pings.add(`@&${role.name}`);
  }
  if (repliedTo && !repliedTo.bot && (allowed?.replied_user ?? allowed === undefined))
    pings.add(`@${repliedTo.name}`);
  return [...pings];
}

export function withoutCode(content: string): string {
  return content.replace(CODE, '');
}

function isPresent(channel: Channel, user: User): boolean {
  return channel.kind === 'guild' ? channel.guild.members.has(user.id) : channel.recipient.id === user.id;
}

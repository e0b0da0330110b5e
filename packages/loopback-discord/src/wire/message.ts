import { ChannelType, MessageFlags, MessageReferenceType, MessageType } from 'discord-api-types/v10';
import type { APIAttachment, APIMessage, GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import { assume } from 'loopback-kit';

import type { User } from '../world/guild.js';
import type { Attachment, Message } from '../world/message.js';
import { withoutCode } from '../world/pings.js';
import type { World } from '../world/world.js';
import { componentsToWire } from './components.js';
import { embedsToWire } from './embeds.js';
import { memberToWire, userToWire } from './user.js';

export function messageToWire(world: World, message: Message, nested = false): APIMessage {
  const { id, channel, author, content, repliesTo, versions } = message;
  const edited = versions.length > 1 ? versions.at(-1)?.at : undefined;
  return {
    id,
    channel_id: channel.id,
    type: repliesTo
      ? MessageType.Reply
      : message.interaction
        ? MessageType.ChatInputCommand
        : MessageType.Default,
    author: userToWire(author),
    content,
    embeds: embedsToWire(message.embeds, message.attachments),
    components: assume(componentsToWire(message.components, message.attachments, id)),
    attachments: message.attachments.map(attachmentToWire),
    timestamp: new Date(versions[0]?.at ?? Date.now()).toISOString(),
    edited_timestamp: edited === undefined ? null : new Date(edited).toISOString(),
    flags: assume(message.thinking ? message.flags | MessageFlags.Loading : message.flags),
    mention_everyone: /@(?:everyone|here)\b/.test(content),
    mention_roles: [...content.matchAll(/<@&(\d+)>/g)].map(([, role = '']) => role),
    mentions: mentionedIn(world, message).map(userToWire),
    pinned: false,
    tts: false,
    ...(repliesTo && {
      message_reference: {
        type: MessageReferenceType.Default,
        message_id: repliesTo.id,
        channel_id: channel.id,
      },
      // Discord shows one level: the message that was replied to does not hold another one.
      ...(!nested && {
        referenced_message: repliesTo.deleted ? null : messageToWire(world, repliesTo, true),
      }),
    }),
  };
}

/** Who a message mentions; a reply by a person also mentions the author of the message it answers. */
export function mentionedIn(world: World, { author, content, repliesTo }: Message): User[] {
  const ids = new Set([...withoutCode(content).matchAll(/<@!?(\d+)>/g)].map(([, id]) => id));
  if (repliesTo && !author.bot) ids.add(repliesTo.author.id);
  return [...world.users.values()].filter(({ id }) => ids.has(id));
}

/** As the gateway tells it: with where it is, and the author's membership. */
export function messageToGateway(world: World, message: Message): GatewayMessageCreateDispatchData {
  const wire = messageToWire(world, message);
  const { channel, author } = message;
  if (channel.kind === 'direct') return { ...wire, channel_type: ChannelType.DM };
  const member = channel.guild.members.get(author.id);
  const where = { ...wire, channel_type: ChannelType.GuildText as const, guild_id: channel.guild.id };
  if (!member) return where;
  const { user: _, ...membership } = memberToWire(member);
  return { ...where, member: membership };
}

export function attachmentToWire({ id, name, contentType, bytes, url }: Attachment): APIAttachment {
  return { id, filename: name, content_type: contentType, size: bytes.length, url, proxy_url: url };
}

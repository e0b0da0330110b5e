import {
  type APIInteractionGuildMember,
  type ChatInputCommandInteraction,
  type GuildMember,
  type Message,
  MessageType,
  PermissionFlagsBits,
  type TextBasedChannel,
} from 'discord.js';

import type { Snapshot } from '../../../config/index.js';
import type { Settings } from '../../../settings.js';
import { isImage } from '../model/images.js';
import type { AttachmentFacts } from '../model/recording.js';
import { InteractionPlace } from './interaction-place.js';
import { MessagePlace } from './message-place.js';
import type { Place } from './place.js';

/** Who asks, and where the answer goes. */
export interface Request {
  readonly place: Place;
  readonly asker: { readonly id: string; readonly name: string };
  /** `null` in a direct message. */
  readonly guildId: string | null;
  readonly channelId: string;
  /** The channel, and what it belongs to: the channel of a thread, the category of that. */
  readonly channelIds: readonly string[];
  /** The asker's roles in the server. */
  readonly roleIds: readonly string[];
  /** The id of the message or interaction that asks: what came before it is the history. */
  readonly id: string;
  /** Whether the asker may read what was said in the channel. */
  readonly mayReadHistory: boolean;
  /** The id of the message in the channel that the question replies to; `null` for none. */
  readonly repliesTo: string | null;
  /** The images that come with the question. */
  readonly images: readonly AttachmentFacts[];
}

/** A request together with the configuration it started with, which it keeps until it has finished. */
export interface Job extends Request {
  readonly snapshot: Pick<Snapshot<Settings>, 'files' | 'settings'>;
}

const READING = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];

/** A slash command as a request, perhaps with an image. */
export function requestOf(
  interaction: ChatInputCommandInteraction,
  image: AttachmentFacts | null = null,
): Request {
  const { id, user, guildId, channelId, channel, member, memberPermissions } = interaction;
  return {
    place: new InteractionPlace(interaction),
    asker: { id: user.id, name: user.displayName },
    guildId,
    channelId,
    channelIds: channelIdsOf(channel, channelId),
    roleIds: rolesOf(member),
    id,
    // Discord may leave the channel out.
    mayReadHistory: Boolean(channelId) && (guildId === null || memberPermissions?.has(READING) === true),
    repliesTo: null,
    images: image === null ? [] : [image],
  };
}

/** A message as a request. */
export function requestIn(message: Message): Request {
  const { id, author, member, guildId, channelId, channel, reference } = message;
  return {
    place: new MessagePlace(message),
    asker: { id: author.id, name: author.displayName },
    guildId,
    channelId,
    channelIds: channelIdsOf(channel, channelId),
    roleIds: rolesOf(member),
    id,
    mayReadHistory: channel.isDMBased() || channel.permissionsFor(author)?.has(READING) === true,
    // What was forwarded comes from elsewhere.
    repliesTo: message.type === MessageType.Reply ? (reference?.messageId ?? null) : null,
    images: [...message.attachments.values()].filter(isImage),
  };
}

/** Of a channel that the bot does not know, as where somebody has installed it for themselves, only the id. */
function channelIdsOf(channel: TextBasedChannel | null, id: string): readonly string[] {
  if (channel === null || channel.isDMBased()) return [id];
  const { parent } = channel;
  return [id, parent?.id, parent?.parentId].filter((each) => typeof each === 'string');
}

function rolesOf(member: APIInteractionGuildMember | GuildMember | null): readonly string[] {
  const roles = member?.roles ?? [];
  return Array.isArray(roles) ? roles : [...roles.cache.keys()];
}

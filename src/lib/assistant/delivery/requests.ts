import { type ChatInputCommandInteraction, type Message, MessageType, PermissionFlagsBits } from 'discord.js';

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
  /** The id of the message or interaction that asks: what came before it is the history. */
  readonly id: string;
  /** Whether the asker may read what was said in the channel. */
  readonly mayReadHistory: boolean;
  /** The id of the message in the channel that the question replies to; `null` for none. */
  readonly repliesTo: string | null;
}

const READING = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];

/** A slash command as a request. */
export function requestOf(interaction: ChatInputCommandInteraction): Request {
  const { id, user, guildId, channelId, memberPermissions } = interaction;
  return {
    place: new InteractionPlace(interaction),
    asker: { id: user.id, name: user.displayName },
    guildId,
    channelId,
    id,
    // Discord may leave the channel out.
    mayReadHistory: Boolean(channelId) && (guildId === null || memberPermissions?.has(READING) === true),
    repliesTo: null,
  };
}

/** A message as a request. */
export function requestIn(message: Message): Request {
  const { id, author, guildId, channelId, channel, reference } = message;
  return {
    place: new MessagePlace(message),
    asker: { id: author.id, name: author.displayName },
    guildId,
    channelId,
    id,
    mayReadHistory: channel.isDMBased() || channel.permissionsFor(author)?.has(READING) === true,
    // What was forwarded comes from elsewhere.
    repliesTo: message.type === MessageType.Reply ? (reference?.messageId ?? null) : null,
  };
}

import type { ChatInputCommandInteraction, Message } from 'discord.js';

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
}

/** A slash command as a request. */
export function requestOf(interaction: ChatInputCommandInteraction): Request {
  const { id, user, guildId, channelId } = interaction;
  const place = new InteractionPlace(interaction);
  return { place, asker: { id: user.id, name: user.displayName }, guildId, channelId, id };
}

/** A message as a request. */
export function requestIn(message: Message): Request {
  const { id, author, guildId, channelId } = message;
  const place = new MessagePlace(message);
  return { place, asker: { id: author.id, name: author.displayName }, guildId, channelId, id };
}

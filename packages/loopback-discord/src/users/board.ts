import { GatewayDispatchEvents, GatewayIntentBits, MessageFlags } from 'discord-api-types/v10';
import { RingBuffer } from 'loopback-kit';
import type { TypedEvents, UploadedFile } from 'loopback-kit';

import { ApiError } from '../errors/api-error.js';
import type { Gateway } from '../gateway/gateway.js';
import type { DiscordEvents } from '../journal/events.js';
import type { MessageBody } from '../validate/message.js';
import { mentionedIn, messageToGateway } from '../wire/message.js';
import type { Channel } from '../world/guild.js';
import { Message } from '../world/message.js';
import type { Attachment, MessageOptions } from '../world/message.js';
import { pingsOf } from '../world/pings.js';
import type { World } from '../world/world.js';

const { Ephemeral, IsComponentsV2 } = MessageFlags;
const FIXED = Ephemeral | IsComponentsV2;

/** How many messages a channel remembers. */
const REMEMBERED = 5000;

/** Discord's limit for one file, in bytes. */
export const MAX_FILE = 10 * 1024 * 1024;

export interface BoardParts {
  readonly world: World;
  readonly gateway: Gateway;
  readonly events: TypedEvents<DiscordEvents>;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
}

/** Every message of every channel; tells the gateway what sessions may see, and `events` what the bot did. */
export class Board {
  readonly #channels = new Map<string, RingBuffer<Message>>();
  readonly #attachments = new RingBuffer<Attachment>(REMEMBERED);
  readonly #parts: BoardParts;

  constructor(parts: BoardParts) {
    this.#parts = parts;
  }

  /** Oldest first, with deleted and ephemeral ones. */
  in(channel: Channel): readonly Message[] {
    return this.#channels.get(channel.id)?.items ?? [];
  }

  find(channel: Channel, id: string): Message | undefined {
    return this.in(channel).findLast((message) => message.id === id && !message.deleted);
  }

  attachment(id: string): Attachment | undefined {
    return this.#attachments.items.find((attachment) => attachment.id === id);
  }

  /** A message that shows nothing yet: a deferred answer. */
  open(options: Omit<MessageOptions, 'id'>): Message {
    const message = new Message({ ...options, id: this.#parts.world.ids.next() });
    const { id } = message.channel;
    const ring = this.#channels.get(id) ?? new RingBuffer<Message>(REMEMBERED);
    this.#channels.set(id, ring);
    ring.push(message);
    message.interaction?.messages.push(message);
    return message;
  }

  /** Throws what Discord answers to an empty message. */
  post(options: Omit<MessageOptions, 'id'>, body: MessageBody, files: readonly UploadedFile[]): Message {
    refuseEmpty(body, files.length);
    const message = this.open({ ...options, flags: body.flags ?? options.flags ?? 0 });
    this.#show(message, body, files);
    return message;
  }

  /** Parts that the body does not name stay; the first showing of a deferred answer counts as its beginning. */
  edit(message: Message, body: MessageBody, files: readonly UploadedFile[]): void {
    const kept = body.attachments
      ? message.attachments.filter(({ id }) => body.attachments?.some((named) => `${named.id}` === id))
      : message.attachments;
    const whole = {
      content: message.content,
      embeds: message.embeds,
      components: message.components,
      ...body,
    };
    refuseEmpty(whole, files.length + kept.length);
    // Fixed when a message begins, be it with a deferral: who sees it (discord-api-docs#2735), and components version 2.
    if (body.flags !== undefined) message.flags = (body.flags & ~Ephemeral) | (message.flags & FIXED);
    this.#show(message, whole, files, kept);
  }

  delete(message: Message): void {
    const { channel } = message;
    message.deleted = true;
    this.#dispatch(message, GatewayDispatchEvents.MessageDelete, {
      id: message.id,
      channel_id: channel.id,
      ...(channel.kind === 'guild' && { guild_id: channel.guild.id }),
    });
    this.#parts.events.emit('delete', message);
  }

  #show(
    message: Message,
    body: MessageBody,
    files: readonly UploadedFile[],
    kept: readonly Attachment[] = [],
  ): void {
    const { world, events } = this.#parts;
    const first = message.thinking;
    const content = body.content ?? '';
    const attachments = [...kept, ...files.map((file) => this.store(message.channel, file))];
    message.show({ content, attachments, embeds: body.embeds ?? [], components: body.components ?? [] });
    if (first) {
      const source = { content, allowed: body.allowed_mentions, repliedTo: message.repliesTo?.author };
      message.pings = pingsOf(world, message.channel, source);
    }
    const event = first ? GatewayDispatchEvents.MessageCreate : GatewayDispatchEvents.MessageUpdate;
    this.#dispatch(message, event, messageToGateway(world, message));
    if (message.author.bot) events.emit(first ? 'message' : 'edit', message);
  }

  /** Keeps a file that was uploaded to a channel. */
  store(channel: Channel, { name, contentType, bytes }: UploadedFile): Attachment {
    const id = this.#parts.world.ids.next();
    const url = `${this.#parts.origin}/attachments/${channel.id}/${id}/${encodeURIComponent(name)}`;
    const attachment = { id, name, contentType, bytes, url };
    this.#attachments.push(attachment);
    return attachment;
  }

  #dispatch(message: Message, event: GatewayDispatchEvents, data: object): void {
    const { gateway, world } = this.#parts;
    // An ephemeral message is not of the channel: the gateway never speaks of it.
    if (message.ephemeral) return;
    if (message.channel.kind === 'direct') {
      gateway.dispatch({ event, data, intents: GatewayIntentBits.DirectMessages });
      return;
    }
    const { guild } = message.channel;
    const content = { content: '', embeds: [], attachments: [], components: [] };
    // A bot sees its own messages, and those that mention it, whatever its intents.
    const open = message.author === world.bot || mentionedIn(world, message).includes(world.bot);
    const redacted = open
      ? undefined
      : { bits: GatewayIntentBits.MessageContent, data: { ...data, ...content } };
    gateway.dispatch({ event, data, guild, intents: GatewayIntentBits.GuildMessages, redacted });
  }
}

function refuseEmpty({ content, embeds, components }: MessageBody, attachments: number): void {
  if (content?.trim() || embeds?.length || components?.length || attachments > 0) return;
  throw new ApiError(400, 50_006, 'Cannot send an empty message', 'invalid-body');
}

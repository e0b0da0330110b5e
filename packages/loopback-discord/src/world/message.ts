import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import type { APIEmbed } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';

import type { Channel, User } from './guild.js';

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  /** On this server; needs no authorization, as on Discord. */
  readonly url: string;
}

export interface MessageParts {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly attachments: readonly Attachment[];
  readonly components: readonly unknown[];
}

/** What a message showed from `at` (milliseconds since the epoch) until it was edited. */
export interface MessageVersion extends MessageParts {
  readonly at: number;
  /** Everything readable, a line each: content, the texts of every embed, and text displays. */
  readonly text: string;
}

/** What a message answers, as far as the message knows. */
export interface MessageOrigin {
  readonly id: string;
  readonly user: User;
  /** Every answer to it, this one included. */
  readonly messages: Message[];
}

export interface MessageOptions {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly flags?: number;
  /** The message that this one replies to. */
  readonly repliesTo?: Message | undefined;
  /** The interaction that this one answers. */
  readonly interaction?: MessageOrigin | undefined;
}

/** A message and all it ever showed. While a deferred answer is "thinking" it has no version yet. */
export class Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly repliesTo: Message | undefined;
  readonly interaction: MessageOrigin | undefined;
  /** Oldest first, the present one last. */
  readonly versions: MessageVersion[] = [];
  /** Emoji that the bot added. */
  readonly reactions: string[] = [];
  /** Who was notified when it appeared; an edit notifies nobody. See `pingsOf`. */
  pings: readonly string[] = [];
  flags: number;
  deleted = false;

  constructor({ id, channel, author, flags = 0, repliesTo, interaction }: MessageOptions) {
    this.id = id;
    this.channel = channel;
    this.author = author;
    this.flags = flags;
    this.repliesTo = repliesTo;
    this.interaction = interaction;
  }

  get edits(): readonly MessageVersion[] {
    return this.versions.slice(1);
  }

  get thinking(): boolean {
    return this.versions.length === 0;
  }

  get ephemeral(): boolean {
    return (this.flags & MessageFlags.Ephemeral) !== 0;
  }

  get content(): string {
    return this.versions.at(-1)?.content ?? '';
  }

  get embeds(): readonly APIEmbed[] {
    return this.versions.at(-1)?.embeds ?? [];
  }

  get attachments(): readonly Attachment[] {
    return this.versions.at(-1)?.attachments ?? [];
  }

  get components(): readonly unknown[] {
    return this.versions.at(-1)?.components ?? [];
  }

  get text(): string {
    return this.versions.at(-1)?.text ?? '';
  }

  show(parts: MessageParts): void {
    this.versions.push({ ...parts, at: Date.now(), text: textOf(parts) });
  }
}

function textOf({ content, embeds, components }: MessageParts): string {
  const lines = embeds.flatMap(({ author, title, description, fields = [], footer }) => [
    author?.name,
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [content, ...lines, ...textsIn(components)]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
}

/** The contents of text displays, at whatever depth. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  const component = asRecord(value);
  if (!component) return [];
  if (component['type'] === ComponentType.TextDisplay) return [String(component['content'])];
  return Object.values(component).flatMap(textsIn);
}

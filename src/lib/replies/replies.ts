import { container } from '@sapphire/framework';
import {
  type APIEmbed,
  type ChatInputCommandInteraction,
  type ContextMenuCommandInteraction,
  type Message,
  type MessageMentionOptions,
  MessageFlags,
} from 'discord.js';

import { fitLines, LIMITS } from './markdown.js';

/** What a command answers, however it was asked. */
export interface Reply {
  readonly lines?: readonly string[];
  readonly embed?: APIEmbed;
}

/** Nobody is pinged by a reply, not even who asked. */
export const NO_PINGS: MessageMentionOptions = { parse: [], repliedUser: false };

/** Answers a slash command, only for who asked: at once, after a deferral, or in addition to an answer. */
export async function answerInteraction(
  interaction: ChatInputCommandInteraction,
  reply: Reply,
): Promise<void> {
  const body = bodyOf(reply);
  if (interaction.replied) await interaction.followUp({ ...body, flags: MessageFlags.Ephemeral });
  else if (interaction.deferred) await interaction.editReply(body);
  else await interaction.reply({ ...body, flags: MessageFlags.Ephemeral });
}

/** Answers a message where it stands. */
export async function answerMessage(message: Message, reply: Reply): Promise<void> {
  await message.reply({ ...bodyOf(reply), failIfNotExists: false });
}

/** Tells Discord within its three seconds that an answer is coming, unless it knows. */
export async function promiseAnswer(
  interaction: ChatInputCommandInteraction | ContextMenuCommandInteraction,
): Promise<void> {
  if (!interaction.deferred) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
}

/** Masked before it is cut: half a secret is a secret. */
function bodyOf({ lines, embed }: Reply) {
  return {
    content: fitLines((lines ?? []).map(mask), LIMITS.content),
    embeds: embed === undefined ? [] : [masked(embed)],
    allowedMentions: NO_PINGS,
  };
}

function mask(text: string): string {
  return container.config.live.masker.mask(text);
}

function masked(embed: APIEmbed): APIEmbed {
  const copy: APIEmbed = { ...embed };
  if (embed.title !== undefined) copy.title = mask(embed.title);
  if (embed.description !== undefined) copy.description = mask(embed.description);
  if (embed.fields !== undefined) {
    copy.fields = embed.fields.map(({ name, value, inline = false }) => ({
      name,
      value: mask(value),
      inline,
    }));
  }
  return copy;
}

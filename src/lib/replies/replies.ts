import {
  type ChatInputCommandInteraction,
  type ContextMenuCommandInteraction,
  type Message,
  MessageFlags,
} from 'discord.js';

import { NO_PINGS } from './no-pings.js';
import { pagesOf } from './page.js';
import type { Masking, Reply } from './reply.js';
import { TurnablePages } from './turnable-pages.js';

/** Answers a slash command, only for the asker: at once, after a deferral, or in addition to an answer. */
export async function answerInteraction(
  interaction: ChatInputCommandInteraction,
  reply: Reply,
  masking: Masking,
): Promise<void> {
  // Pages can be turned only where the bot knows the channel, which a user-installed bot may not.
  const turnable = interaction.channel !== null && !interaction.replied;
  const [page, ...others] = pagesOf(reply, masking, turnable ? undefined : 1);
  if (others.length > 0) {
    // The first page of an answer that was not deferred would be public.
    await deferAnswer(interaction);
    await new TurnablePages([page, ...others]).run(interaction);
  } else if (interaction.replied) {
    await interaction.followUp({ ...page, flags: MessageFlags.Ephemeral });
  } else if (interaction.deferred) {
    await interaction.editReply(page);
  } else {
    await interaction.reply({ ...page, flags: MessageFlags.Ephemeral });
  }
}

/** Answers a message with a reply to it. */
export async function answerMessage(message: Message, reply: Reply, masking: Masking): Promise<void> {
  const [page, ...others] = pagesOf(reply, masking);
  if (others.length > 0) await new TurnablePages([page, ...others]).run(message);
  else await message.reply({ ...page, allowedMentions: NO_PINGS, failIfNotExists: false });
}

/** Tells Discord within its three seconds that an answer is coming, unless it knows. */
export async function deferAnswer(
  interaction: ChatInputCommandInteraction | ContextMenuCommandInteraction,
): Promise<void> {
  if (!interaction.deferred) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
}

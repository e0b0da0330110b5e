import { type ButtonInteraction, MessageFlags } from 'discord.js';

import { NO_PINGS } from './no-pings.js';
import { pagesOf } from './page.js';
import type { Masking, Reply } from './reply.js';

/** Tells Discord in time that the message with the button is about to change, unless it knows. */
export async function deferChange(interaction: ButtonInteraction): Promise<void> {
  if (!interaction.deferred) await interaction.deferUpdate();
}

/** Puts a reply in the place of the message whose button was pressed. */
export async function changeAnswer(
  interaction: ButtonInteraction,
  reply: Reply,
  masking: Masking,
): Promise<void> {
  const [page] = pagesOf(reply, masking, 1);
  await interaction.editReply(page);
}

/** Tells whoever pressed a button, and nobody else, why nothing comes of it. */
export async function refusePress(interaction: ButtonInteraction, content: string): Promise<void> {
  const answer = { content, flags: MessageFlags.Ephemeral, allowedMentions: NO_PINGS } as const;
  await (interaction.deferred ? interaction.followUp(answer) : interaction.reply(answer));
}

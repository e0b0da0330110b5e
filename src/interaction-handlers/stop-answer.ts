import { ApplyOptions } from '@sapphire/decorators';
import { container, InteractionHandler, InteractionHandlerTypes, type Option } from '@sapphire/framework';
import { type ButtonInteraction, MessageFlags } from 'discord.js';

import { StopButtons } from '../lib/assistant/delivery/stop-buttons.js';
import { NO_PINGS } from '../lib/replies/no-pings.js';

const SENTENCES = {
  finished: 'This answer has already finished.',
  'not yours': '🚫 Only the person who asked can stop this answer.',
} as const;

/** Stops an answer when its asker presses the button under it. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class StopAnswerHandler extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction): Option<unknown> {
    return StopButtons.owns(customId) ? this.some() : this.none();
  }

  public override async run(interaction: ButtonInteraction): Promise<void> {
    const result = container.assistant.stop(interaction.customId, interaction.user.id);
    if (result === 'stopped') {
      await interaction.deferUpdate();
      return;
    }
    await interaction.reply({
      content: SENTENCES[result],
      flags: MessageFlags.Ephemeral,
      allowedMentions: NO_PINGS,
    });
  }
}

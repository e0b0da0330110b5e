import { container, InteractionHandler, InteractionHandlerTypes, type Option } from '@sapphire/framework';
import { type ButtonInteraction, MessageFlags } from 'discord.js';

import { StopButtons } from '../lib/assistant/delivery/stop-buttons.js';
import { NO_PINGS } from '../lib/replies/replies.js';

const SENTENCES = {
  ended: 'This answer has come to its end already.',
  'not yours': '🚫 Only who asked can stop an answer.',
} as const;

/** Stops an answer when who asked for it presses the button under it. */
export class StopAnswerHandler extends InteractionHandler {
  public constructor(context: InteractionHandler.LoaderContext, options: InteractionHandler.Options) {
    super(context, { ...options, interactionHandlerType: InteractionHandlerTypes.Button });
  }

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

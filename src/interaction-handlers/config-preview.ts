import { ApplyOptions } from '@sapphire/decorators';
import { container, InteractionHandler, InteractionHandlerTypes, type Option } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';

import { isAdministrator, NOT_AN_ADMINISTRATOR } from '../lib/operations/administrators.js';
import { type PreviewPress, previewPress } from '../lib/operations/apply-buttons.js';
import { pressPreview } from '../lib/operations/press-preview.js';
import { apology } from '../lib/replies/apology.js';
import { changeAnswer, deferChange, refusePress } from '../lib/replies/presses.js';

/** Discord waits three seconds for an answer, and may take longer to say who owns the bot. */
const PATIENCE_MS = 1500;

/** Applies or dismisses a previewed configuration when an administrator presses a button under it. */
@ApplyOptions<InteractionHandler.Options>({ interactionHandlerType: InteractionHandlerTypes.Button })
export class ConfigPreviewHandler extends InteractionHandler {
  public override parse({ customId }: ButtonInteraction): Option<PreviewPress> {
    const press = previewPress(customId);
    return press === null ? this.none() : this.some(press);
  }

  public override async run(interaction: ButtonInteraction, press: PreviewPress): Promise<void> {
    const { config, logger, reports } = container;
    try {
      if (!(await this.#mayPress(interaction))) {
        await refusePress(interaction, NOT_AN_ADMINISTRATOR);
        return;
      }
      await deferChange(interaction);
      reports.decided(interaction.message.id);
      await changeAnswer(interaction, await pressPreview(press, interaction.user.id, config), config);
    } catch (error) {
      logger.error('A press of a button under a preview failed:', error);
      await refusePress(interaction, apology(error).lines?.join('\n') ?? '').catch(() => undefined);
    }
  }

  async #mayPress(interaction: ButtonInteraction): Promise<boolean> {
    const { client, user, guildId, memberPermissions } = interaction;
    const asker = { client, userId: user.id, guildId, permissions: memberPermissions };
    const timer = setTimeout(() => void deferChange(interaction).catch(() => undefined), PATIENCE_MS);
    try {
      return await isAdministrator(asker, container.config.settings, () =>
        container.session.knowApplication(),
      );
    } finally {
      clearTimeout(timer);
    }
  }
}

import { ApplyOptions } from '@sapphire/decorators';
import { Command, container } from '@sapphire/framework';
import { InteractionContextType } from 'discord.js';

import { isAdministrator } from '../lib/operations/administrators.js';
import { COOLDOWN } from '../lib/pieces/cooldowns.js';
import { answerInteraction, deferAnswer } from '../lib/replies/replies.js';
import { usageReply } from '../lib/usage/usage-view.js';

/** What somebody has used of the assistant today; for administrators, what everybody has. */
@ApplyOptions<Command.Options>({ description: 'What you have used of the assistant today', ...COOLDOWN })
export class UsageCommand extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    // Discord may take longer to say who owns the bot than it waits for an answer.
    await deferAnswer(interaction);
    const { client, user, guildId, memberPermissions } = interaction;
    const { config, session, usage } = container;
    const asker = { client, userId: user.id, guildId, permissions: memberPermissions };
    const { settings } = config;
    const mayKnowAll = await isAdministrator(asker, settings, () => session.knowApplication());
    const [own, total] = [await usage.usageOf(user.id), mayKnowAll ? await usage.total() : null];
    await answerInteraction(interaction, usageReply(own, total, settings, config.live.clock.now()), config);
  }
}

import { ApplyOptions } from '@sapphire/decorators';
import { type Args, Command, container } from '@sapphire/framework';
import {
  ApplicationCommandOptionType,
  InteractionContextType,
  type Message,
  PermissionFlagsBits,
} from 'discord.js';

import { ADMIN_COOLDOWN } from '../lib/pieces/cooldowns.js';
import { answerInteraction, answerMessage, deferAnswer } from '../lib/replies/replies.js';
import type { Reply } from '../lib/replies/reply.js';
import { outcomeReply, previewReply } from '../lib/views/preview-view.js';

const MISUNDERSTOOD = '❓ `reload-config` accepts only `--dry-run`. Nothing was reloaded.';

/** Reads the configuration file now, or shows what reading it would change. */
@ApplyOptions<Command.Options>({
  description: 'Reload the configuration file now',
  aliases: ['reload_config', 'config_reload'],
  preconditions: ['AdminOnly'],
  flags: ['dry-run', 'dry_run'],
  ...ADMIN_COOLDOWN,
})
export class ReloadConfigCommand extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      defaultMemberPermissions: PermissionFlagsBits.Administrator,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          name: 'dry_run',
          description: 'Only show what would change, with a button to apply it',
          type: ApplicationCommandOptionType.Boolean,
        },
      ],
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    await deferAnswer(interaction);
    const dryRun = interaction.options.getBoolean('dry_run') ?? false;
    const reply = await this.#reload(interaction.user.id, dryRun);
    await answerInteraction(interaction, reply, container.config);
  }

  public override async messageRun(message: Message, args: Args): Promise<void> {
    const dryRun = args.getFlags('dry-run', 'dry_run');
    // Somebody who types "--dryrun" does not want a real reload.
    const reply = args.finished ? await this.#reload(message.author.id, dryRun) : { lines: [MISUNDERSTOOD] };
    await answerMessage(message, reply, container.config);
  }

  async #reload(userId: string, dryRun: boolean): Promise<Reply> {
    const { config } = container;
    const trigger = { kind: 'command', who: userId };
    return dryRun
      ? previewReply(await config.preview(trigger), config.live.clock.now(), config)
      : outcomeReply(await config.live.refresh(trigger), config);
  }
}

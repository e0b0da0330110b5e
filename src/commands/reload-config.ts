import { type Args, Command, container } from '@sapphire/framework';
import {
  ApplicationCommandOptionType,
  InteractionContextType,
  type Message,
  PermissionFlagsBits,
} from 'discord.js';

import { inert } from '../lib/replies/markdown.js';
import { answerInteraction, answerMessage, promiseAnswer, type Reply } from '../lib/replies/replies.js';
import { replyReport } from '../lib/views/report.js';

const MISUNDERSTOOD = '❓ `reload-config` takes nothing but `--dry-run`. Nothing was reloaded.';

/** Reads the configuration file now, or shows what reading it would change. */
export class ReloadConfigCommand extends Command {
  public constructor(context: Command.LoaderContext, options: Command.Options) {
    super(context, {
      ...options,
      name: 'reload-config',
      aliases: ['reload_config', 'config_reload'],
      description: 'Reload the configuration file now',
      preconditions: ['AdminOnly'],
      flags: ['dry-run', 'dry_run'],
    });
  }

  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      defaultMemberPermissions: PermissionFlagsBits.Administrator,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          name: 'dry_run',
          description: 'Only show what would change',
          type: ApplicationCommandOptionType.Boolean,
        },
      ],
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    await promiseAnswer(interaction);
    const dryRun = interaction.options.getBoolean('dry_run') ?? false;
    await answerInteraction(interaction, await this.#reload(interaction.user.id, dryRun));
  }

  public override async messageRun(message: Message, args: Args): Promise<void> {
    const dryRun = args.getFlags('dry-run', 'dry_run');
    // Whoever writes "--dryrun" does not want a real one.
    if (!args.finished) {
      await answerMessage(message, { lines: [MISUNDERSTOOD] });
      return;
    }
    await answerMessage(message, await this.#reload(message.author.id, dryRun));
  }

  async #reload(userId: string, dryRun: boolean): Promise<Reply> {
    const outcome = await container.config.refresh({ trigger: { kind: 'command', who: userId }, dryRun });
    const { masker } = container.config.live;
    return { lines: replyReport(outcome).map((line) => inert(masker.mask(line))) };
  }
}

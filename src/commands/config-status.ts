import { type Args, Command, container } from '@sapphire/framework';
import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  InteractionContextType,
  type Message,
  PermissionFlagsBits,
} from 'discord.js';

import { isAdministrator } from '../lib/operations/administrators.js';
import type { ApplicationFacts } from '../lib/operations/application-owners.js';
import { answerInteraction, answerMessage, promiseAnswer, type Reply } from '../lib/replies/replies.js';
import { type Audience, matchingKeys, settingReply, statusReply } from '../lib/views/status-view.js';

const knowApplication = (): Promise<ApplicationFacts> => container.session.knowApplication();

/** Shows the configuration in effect, or one key of it. */
export class ConfigStatusCommand extends Command {
  public constructor(context: Command.LoaderContext, options: Command.Options) {
    super(context, {
      ...options,
      name: 'config-status',
      aliases: ['config_status', 'config_info'],
      description: 'Show the configuration in effect',
      preconditions: ['AdminOnly'],
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
          name: 'setting',
          description: 'Show everything about this setting',
          type: ApplicationCommandOptionType.String,
          autocomplete: true,
        },
      ],
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    await promiseAnswer(interaction);
    await answerInteraction(interaction, this.#status(interaction.options.getString('setting'), 'asker'));
  }

  public override async messageRun(message: Message, args: Args): Promise<void> {
    const key = args.finished ? null : await args.pick('string');
    await answerMessage(message, this.#status(key, message.inGuild() ? 'channel' : 'asker'));
  }

  /** Preconditions are not asked before an autocompletion, so this asks for itself. */
  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { client, user, guildId, memberPermissions } = interaction;
    const asker = { client, userId: user.id, guildId, permissions: memberPermissions };
    const keys = (await isAdministrator(asker, container.config.settings, knowApplication))
      ? matchingKeys(container.config, interaction.options.getFocused())
      : [];
    await interaction.respond(keys.map((key) => ({ name: key, value: key })));
  }

  #status(key: string | null, audience: Audience): Reply {
    return key === null
      ? statusReply(container.config, container.client.readyTimestamp)
      : settingReply(container.config, key, audience);
  }
}

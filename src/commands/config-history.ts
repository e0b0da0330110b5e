import { ApplyOptions } from '@sapphire/decorators';
import { type Args, Command, container } from '@sapphire/framework';
import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  InteractionContextType,
  type Message,
  PermissionFlagsBits,
} from 'discord.js';

import { isAdministrator } from '../lib/operations/administrators.js';
import { ADMIN_COOLDOWN } from '../lib/pieces/cooldowns.js';
import { answerInteraction, answerMessage, deferAnswer } from '../lib/replies/replies.js';
import type { Reply } from '../lib/replies/reply.js';
import { historyReply } from '../lib/views/history-view.js';
import { type Audience, fittingKeys } from '../lib/views/setting-view.js';

/** As many as fit into the pages of an answer, and more than anybody reads. */
const MOST_SHOWN = 200;

/** Shows what became of the last reloads, before a restart too. */
@ApplyOptions<Command.Options>({
  description: 'Show what became of the last reloads',
  aliases: ['config_history'],
  preconditions: ['AdminOnly'],
  ...ADMIN_COOLDOWN,
})
export class ConfigHistoryCommand extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({
      name: this.name,
      description: this.description,
      defaultMemberPermissions: PermissionFlagsBits.Administrator,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          name: 'setting',
          description: 'Show only what changed this setting',
          type: ApplicationCommandOptionType.String,
          autocomplete: true,
        },
      ],
    });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    await deferAnswer(interaction);
    const reply = await this.#history(interaction.options.getString('setting'), 'asker');
    await answerInteraction(interaction, reply, container.config);
  }

  public override async messageRun(message: Message, args: Args): Promise<void> {
    const key = args.finished ? null : await args.pick('string');
    const reply = await this.#history(key, message.inGuild() ? 'channel' : 'asker');
    await answerMessage(message, reply, container.config);
  }

  /** Preconditions do not run before an autocompletion, so this checks for itself. */
  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { client, user, guildId, memberPermissions } = interaction;
    const { config, history, session } = container;
    const asker = { client, userId: user.id, guildId, permissions: memberPermissions };
    const keys = (await isAdministrator(asker, config.settings, () => session.knowApplication()))
      ? fittingKeys(await history.keys(), config, interaction.options.getFocused())
      : [];
    await interaction.respond(keys.map((key) => ({ name: key, value: key })));
  }

  async #history(key: string | null, audience: Audience): Promise<Reply> {
    const { config, history } = container;
    return historyReply(await history.list(key, MOST_SHOWN), key, audience, config);
  }
}

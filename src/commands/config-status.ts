import { stat } from 'node:fs/promises';

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
import type { ApplicationFacts } from '../lib/operations/application-owners.js';
import { ADMIN_COOLDOWN } from '../lib/pieces/cooldowns.js';
import { answerInteraction, answerMessage, deferAnswer } from '../lib/replies/replies.js';
import type { Reply } from '../lib/replies/reply.js';
import { type Audience, matchingKeys, settingReply } from '../lib/views/setting-view.js';
import { statusReply } from '../lib/views/status-view.js';

const knowApplication = (): Promise<ApplicationFacts> => container.session.knowApplication();

/** Shows the current configuration, or one key of it. */
@ApplyOptions<Command.Options>({
  description: 'Show the current configuration',
  aliases: ['config_status', 'config_info'],
  preconditions: ['AdminOnly'],
  ...ADMIN_COOLDOWN,
})
export class ConfigStatusCommand extends Command {
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
    await deferAnswer(interaction);
    const reply = await this.#status(interaction.options.getString('setting'), 'asker');
    await answerInteraction(interaction, reply, container.config);
  }

  public override async messageRun(message: Message, args: Args): Promise<void> {
    const key = args.finished ? null : await args.pick('string');
    const reply = await this.#status(key, message.inGuild() ? 'channel' : 'asker');
    await answerMessage(message, reply, container.config);
  }

  /** Preconditions do not run before an autocompletion, so this checks for itself. */
  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { client, user, guildId, memberPermissions } = interaction;
    const asker = { client, userId: user.id, guildId, permissions: memberPermissions };
    const keys = (await isAdministrator(asker, container.config.settings, knowApplication))
      ? matchingKeys(container.config, interaction.options.getFocused())
      : [];
    await interaction.respond(keys.map((key) => ({ name: key, value: key })));
  }

  async #status(key: string | null, audience: Audience): Promise<Reply> {
    const { config, client } = container;
    if (key !== null) return settingReply(config, key, audience);
    const facts = { readySince: client.readyTimestamp, savedAt: await savedAt(config.live.file) };
    return statusReply(config, facts);
  }
}

/** When a file was last written; `null` when that cannot be seen. */
async function savedAt(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    // The watch says what is the matter with it.
    return null;
  }
}

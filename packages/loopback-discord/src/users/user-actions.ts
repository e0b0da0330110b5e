import {
  ComponentType,
  GatewayDispatchEvents,
  InteractionContextType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType,
} from 'discord-api-types/v10';
import type { TypedEvents, UploadedFile } from 'loopback-kit';

import type { Gateway } from '../gateway/gateway.js';
import type { DiscordEvents } from '../journal/events.js';
import { attachmentToWire, messageToWire } from '../wire/message.js';
import type { CommandRegistry } from '../world/commands.js';
import type { Channel, User } from '../world/guild.js';
import type { Interaction } from '../world/interaction.js';
import type { Message } from '../world/message.js';
import type { World } from '../world/world.js';
import type { Board } from './board.js';
import { componentIn, selectionFault } from './component-use.js';
import { interactionToWire } from './interaction-payload.js';
import type { Interactions } from './interactions.js';
import { fillOptions } from './slash-options.js';
import type { OptionValues, WireOption } from './slash-options.js';

/** A file of a user. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array | string;
  readonly contentType?: string;
}

export interface SlashOptions {
  readonly user: User;
  readonly channel: Channel;
  /** The command's name; subcommands follow after a space. */
  readonly command: string;
  readonly options?: OptionValues;
  /** Files to upload, by the option that each is for. */
  readonly uploads?: Readonly<Record<string, Upload>>;
  /** Sends it although Discord's client would not let this user, as after a change that the client has not seen. */
  readonly force?: boolean;
}

export interface AutocompleteOptions extends SlashOptions {
  /** The option being typed, and what stands in it. */
  readonly option: string;
  readonly value: string;
  readonly timeoutMs?: number;
}

export interface PressOptions {
  readonly user: User;
  readonly message: Message;
  readonly customId: string;
}

export interface SelectOptions extends PressOptions {
  readonly values: readonly string[];
}

export interface SayOptions {
  readonly user: User;
  readonly channel: Channel;
  readonly content?: string;
  readonly attachments?: readonly Upload[];
  /** Puts a mention of the bot in front. */
  readonly mentionBot?: boolean;
  readonly flags?: number;
  readonly repliesTo?: Message;
}

export interface UserActionsParts {
  readonly world: World;
  readonly gateway: Gateway;
  readonly board: Board;
  readonly commands: CommandRegistry;
  readonly interactions: Interactions;
  readonly events: TypedEvents<DiscordEvents>;
}

/** What users do. Throws what a user could not have done. */
export class UserActions {
  readonly #parts: UserActionsParts;

  constructor(parts: UserActionsParts) {
    this.#parts = parts;
  }

  say({
    user,
    channel,
    content = '',
    attachments = [],
    mentionBot = false,
    flags = 0,
    repliesTo,
  }: SayOptions): Message {
    const { world, board } = this.#parts;
    if (channel.kind === 'guild') world.memberOf(channel.guild, user);
    const files = attachments.map(fileOf);
    const mention = mentionBot ? `<@${world.bot.id}> ` : '';
    return board.post({ channel, author: user, flags, repliesTo }, { content: mention + content }, files);
  }

  slash({ user, channel, command, options = {}, uploads = {}, force = false }: SlashOptions): Interaction {
    const { found, path } = this.#find(command, user, channel, force);
    const files = Object.entries(uploads).map(
      ([option, upload]) => [option, this.#parts.board.store(channel, fileOf(upload))] as const,
    );
    const ids = Object.fromEntries(files.map(([option, { id }]) => [option, id]));
    const data = commandData(found, fillOptions(found, path, { ...options, ...ids }));
    const attachments = Object.fromEntries(files.map(([, file]) => [file.id, attachmentToWire(file)]));
    const interaction = this.#parts.interactions.begin({ user, channel, name: command, kind: 'command' });
    this.#send(interaction, InteractionType.ApplicationCommand, { ...data, resolved: { attachments } });
    return interaction;
  }

  async autocomplete(options: AutocompleteOptions): Promise<readonly APIApplicationCommandOptionChoice[]> {
    const { user, channel, command, options: others = {}, option, value, force = false, timeoutMs } = options;
    const { found, path } = this.#find(command, user, channel, force);
    const filled = fillOptions(found, path, { ...others, [option]: value }, option);
    const interaction = this.#parts.interactions.begin({
      user,
      channel,
      name: command,
      kind: 'autocomplete',
      completes: focusedType(filled),
    });
    this.#send(interaction, InteractionType.ApplicationCommandAutocomplete, commandData(found, filled));
    const what = `choices for "${option}" of /${command}`;
    return this.#parts.events.until(
      () => {
        if (interaction.state === 'expired') throw new Error(`no ${what} in time`);
        return interaction.choices;
      },
      { what, timeoutMs },
    );
  }

  press({ user, message, customId }: PressOptions): Interaction {
    const { type } = componentIn(message, customId);
    if (type !== ComponentType.Button) throw new Error(`the component "${customId}" is not a button`);
    return this.#use(message, user, customId, { component_type: type });
  }

  select({ user, message, customId, values }: SelectOptions): Interaction {
    const component = componentIn(message, customId);
    const fault = selectionFault(component, values);
    if (fault) throw new Error(`the component "${customId}" refuses the selection: ${fault}`);
    return this.#use(message, user, customId, { component_type: component.type, values });
  }

  #use(message: Message, user: User, customId: string, data: object): Interaction {
    const { interactions, world } = this.#parts;
    const { channel } = message;
    const interaction = interactions.begin({
      user,
      channel,
      name: customId,
      kind: 'component',
      source: message,
    });
    this.#send(
      interaction,
      InteractionType.MessageComponent,
      { custom_id: customId, ...data },
      { message: messageToWire(world, message) },
    );
    return interaction;
  }

  #find(
    title: string,
    user: User,
    channel: Channel,
    force: boolean,
  ): { found: APIApplicationCommand; path: string[] } {
    const { commands, world } = this.#parts;
    const [name = '', ...path] = title.split(' ');
    const guild = channel.kind === 'guild' ? channel.guild : undefined;
    const found = commands.find(world.bot.id, name, guild?.id);
    if (!found) throw new Error(`the bot has registered no command /${name} here`);
    const refusal = force ? undefined : refusalOf(found, guild && world.permissionsOf(guild, user));
    if (refusal) throw new Error(`/${name} is not open to ${user.name}: ${refusal}`);
    return { found, path };
  }

  #send(interaction: Interaction, type: InteractionType, data: object, more: object = {}): void {
    const { world, gateway } = this.#parts;
    const { guild, payload } = interactionToWire(world, interaction, type, data, more);
    gateway.dispatch({
      event: GatewayDispatchEvents.InteractionCreate,
      data: payload,
      guild,
      intents: 0,
      botId: world.bot.id,
    });
  }
}

/** Why Discord's client would not offer the command; `permissions` is undefined in a direct message. */
function refusalOf(command: APIApplicationCommand, permissions: bigint | undefined): string | undefined {
  const context = permissions === undefined ? InteractionContextType.BotDM : InteractionContextType.Guild;
  if (command.contexts && !command.contexts.includes(context)) return 'not in this kind of channel';
  if (permissions === undefined)
    return command.dm_permission === false ? 'not in direct messages' : undefined;
  const needed = command.default_member_permissions;
  if (needed === null) return undefined;
  const bits = needed === '0' ? PermissionFlagsBits.Administrator : BigInt(needed);
  return (permissions & bits) === bits ? undefined : `it needs the permissions ${needed}`;
}

function focusedType(options: readonly WireOption[]): ApplicationCommandOptionType | undefined {
  const [nested] = options.flatMap(({ focused, type, options: inner = [] }) =>
    focused ? [type] : (focusedType(inner) ?? []),
  );
  return nested;
}

function commandData(
  { id, name, type, guild_id }: APIApplicationCommand,
  options: readonly WireOption[],
): object {
  return { id, name, type, options, ...(guild_id !== undefined && { guild_id }) };
}

function fileOf({ name, bytes, contentType = 'application/octet-stream' }: Upload): UploadedFile {
  return { name, contentType, bytes: Buffer.from(bytes) };
}

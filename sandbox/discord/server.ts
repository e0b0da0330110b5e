import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { APIApplicationCommandOptionChoice, GatewayPresenceUpdateData } from 'discord-api-types/v10';
import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';

import { assume } from './assume.js';
import { Board } from './board.js';
import { CommandRegistry } from './commands.js';
import type { DiscordEvents } from './events.js';
import { Faults } from './faults.js';
import { Gateway } from './gateway.js';
import type { Interaction } from './interaction.js';
import { Interactions } from './interactions.js';
import { Journal } from './journal.js';
import type { RequestRecord, Violation } from './journal.js';
import type { Message } from './messages.js';
import { Rest } from './rest.js';
import { Router } from './router.js';
import { addRoutes } from './routes/index.js';
import { Signals } from './signals.js';
import { Tokens } from './tokens.js';
import { UserActions } from './user-actions.js';
import type { AutocompleteOptions, PressOptions, SlashOptions } from './user-actions.js';
import { guildCreateToWire, memberToWire } from './wire.js';
import { World } from './world.js';
import type { Channel, Guild, User, WorldOptions } from './world.js';

export type { DiscordEvents, LoginEvent } from './events.js';
export type { Acknowledgement, Interaction, Reply } from './interaction.js';
export type { RequestRecord, Violation, ViolationKind } from './journal.js';
export type { Attachment, Message, MessageVersion } from './messages.js';
export type { FaultTarget, RequestFault } from './request-faults.js';
export type { Channel, DirectChannel, Guild, GuildChannel, Member, Role, Team, User } from './world.js';

export interface LoopbackOptions extends WorldOptions {
  /** The token that the bot may log in with; more through `tokens`. */
  readonly token: string;
  /** Milliseconds until an interaction without a callback is lost; 3,000 as on Discord. */
  readonly interactionDeadlineMs?: number;
  /** What HELLO asks for; 41,250 ms as on Discord. */
  readonly heartbeatIntervalMs?: number;
  /** How many shards `GET /gateway/bot` recommends; 1 unless given. */
  readonly shards?: number;
  /** Whether tokens stay readable in `requests` and `gatewayReceived`; otherwise a fingerprint stands there. */
  readonly keepAuthorization?: boolean;
  /** Milliseconds after which the server stops itself; an hour unless given. */
  readonly maxLifetimeMs?: number;
}

export interface SayOptions {
  readonly user: User;
  readonly channel: Channel;
  readonly content?: string;
  readonly attachments?: readonly {
    readonly name: string;
    readonly bytes: Uint8Array | string;
    readonly contentType?: string;
  }[];
  /** Puts a mention of the bot in front. */
  readonly mentionBot?: boolean;
  readonly flags?: number;
  readonly repliesTo?: Message;
}

export interface BotStatus {
  readonly user: User;
  /** Whether a session has a live connection. */
  readonly connected: boolean;
  /** How many sessions have one. */
  readonly sessions: number;
  /** The latest, from a login or an update. */
  readonly presence: GatewayPresenceUpdateData | undefined;
  /** The intents of the newest session. */
  readonly intents: number | undefined;
  /** How often a bot logged in anew, and resumed. */
  readonly identifies: number;
  readonly resumes: number;
}

const HOUR_MS = 3_600_000;
const ADDRESS = '127.0.0.1';

/**
 * A Discord of our own on loopback: an unchanged discord.js logs in to it with `rest: { api: discord.apiUrl }`. It
 * plays the users, refuses what Discord refuses, and misbehaves on order. Waits last 10 s at most unless told
 * otherwise, and a rejection says what was awaited.
 */
export class LoopbackDiscord {
  /** Base URL of the REST API, without a version. */
  readonly apiUrl: string;
  readonly port: number;
  readonly world: World;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly #http: Server;
  readonly #signals = new Signals<DiscordEvents>();
  readonly #journal: Journal;
  readonly #gateway: Gateway;
  readonly #board: Board;
  readonly #interactions: Interactions;
  readonly #commands: CommandRegistry;
  readonly #users: UserActions;
  readonly #lifetime: NodeJS.Timeout;
  #registered = false;

  private constructor(http: Server, options: LoopbackOptions) {
    this.#http = http;
    const { port } = assume<AddressInfo>(http.address());
    this.port = port;
    const origin = `http://${ADDRESS}:${port}`;
    const gatewayUrl = `ws://${ADDRESS}:${port}`;
    this.apiUrl = `${origin}/api`;
    const signals = this.#signals;
    const journal = new Journal(signals, options.keepAuthorization ?? false);
    const world = new World(options, {
      guildAdded: (guild) => this.#announce(guild),
      guildRemoved: (guild) => this.#dispatch(guild, GatewayDispatchEvents.GuildDelete, { id: guild.id }),
      memberChanged: (guild, member) =>
        this.#dispatch(
          guild,
          GatewayDispatchEvents.GuildMemberUpdate,
          { ...memberToWire(member), guild_id: guild.id },
          GatewayIntentBits.GuildMembers,
        ),
    });
    const tokens = new Tokens(world.bot.id, (token) =>
      gateway.close(
        4004,
        gateway.connected.filter((session) => session.token === token),
      ),
    );
    tokens.add(options.token);
    const faults = new Faults(() => gateway);
    const heartbeatIntervalMs = options.heartbeatIntervalMs ?? 41_250;
    const gateway = new Gateway({ world, tokens, signals, journal, url: gatewayUrl, heartbeatIntervalMs });
    const board = new Board({ world, gateway, signals, origin });
    const commands = new CommandRegistry(world);
    const interactions = new Interactions({
      world,
      signals,
      journal,
      deadlineMs: options.interactionDeadlineMs ?? 3000,
    });
    const router = new Router();
    addRoutes({
      router,
      world,
      board,
      commands,
      interactions,
      signals,
      gatewayUrl,
      shards: options.shards ?? 1,
    });
    const rest = new Rest({ world, tokens, journal, faults, board, router });

    this.world = world;
    this.tokens = tokens;
    this.faults = faults;
    this.#journal = journal;
    this.#gateway = gateway;
    this.#board = board;
    this.#commands = commands;
    this.#interactions = interactions;
    this.#users = new UserActions({ world, gateway, commands, interactions, signals });
    http.on('request', (request, response) => void rest.serve(request, response));
    http.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
    // A login that the server did not force is a new process, which has yet to register its commands.
    signals.on('identify', ({ afterInvalidation }) => {
      this.#registered &&= afterInvalidation;
    });
    signals.on('commands', () => {
      this.#registered = true;
    });
    this.#lifetime = setTimeout(() => void this.stop(), options.maxLifetimeMs ?? HOUR_MS).unref();
  }

  static async start(options: LoopbackOptions): Promise<LoopbackDiscord> {
    const http = createServer();
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject).listen(0, ADDRESS, resolve);
    });
    return new LoopbackDiscord(http, options);
  }

  /** Closes every socket and timer and ends every wait; nothing keeps the process alive after it. */
  async stop(): Promise<void> {
    clearTimeout(this.#lifetime);
    this.#signals.close();
    this.#interactions.stop();
    this.faults.stop();
    this.#gateway.stop();
    if (!this.#http.listening) return;
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  get bot(): BotStatus {
    const { presence, identifies, resumes, connected } = this.#gateway;
    return {
      user: this.world.bot,
      connected: connected.length > 0,
      sessions: connected.length,
      intents: [...this.#gateway.sessions.values()].at(-1)?.intents,
      presence,
      identifies,
      resumes,
    };
  }

  /** The latest 5,000 requests. */
  get requests(): readonly RequestRecord[] {
    return this.#journal.requests;
  }

  /** The latest 5,000 payloads that the bot sent to the gateway. */
  get gatewayReceived(): readonly string[] {
    return this.#journal.gatewayReceived;
  }

  /** What Discord would have refused, oldest first. */
  get violations(): readonly Violation[] {
    return this.#journal.violations;
  }

  /** The registered commands, global or of one guild. */
  commands(guild?: Guild): ReturnType<CommandRegistry['list']> {
    return this.#commands.list(this.world.bot.id, guild?.id);
  }

  /** Every message of a channel, oldest first, with deleted and ephemeral ones. */
  messagesIn(channel: Channel): readonly Message[] {
    return this.#board.in(channel);
  }

  /** Returns the function that ends the subscription. */
  on<Name extends keyof DiscordEvents>(
    name: Name,
    listener: (payload: DiscordEvents[Name]) => void,
  ): () => void {
    return this.#signals.on(name, listener);
  }

  onRequest(listener: (request: RequestRecord) => void): () => void {
    return this.on('request', listener);
  }

  /** The next such event; what happened before the call does not count. */
  waitFor<Name extends keyof DiscordEvents>(
    name: Name,
    predicate?: (payload: DiscordEvents[Name]) => boolean,
    timeoutMs?: number,
  ): Promise<DiscordEvents[Name]> {
    return this.#signals.waitFor(name, predicate, timeoutMs);
  }

  /** Resolves once a bot is connected with all its guilds and, unless `commands` is false, has registered commands. */
  async ready({
    timeoutMs,
    commands = true,
  }: { timeoutMs?: number; commands?: boolean } = {}): Promise<void> {
    const isReady = (): true | undefined =>
      ((this.#registered || !commands) && this.bot.connected) || undefined;
    await this.#signals.until(isReady, {
      what: commands ? 'a bot with registered commands' : 'a bot',
      timeoutMs,
    });
  }

  /** Rejects at once when the user could not have sent it: an unknown command or option, a missing permission. */
  async slash(options: SlashOptions): Promise<Interaction> {
    return this.#users.slash(options);
  }

  /** The choices that the bot offers while a user types. */
  async autocomplete(options: AutocompleteOptions): Promise<readonly APIApplicationCommandOptionChoice[]> {
    return this.#users.autocomplete(options);
  }

  /** A user presses a button of a message. */
  async press(options: PressOptions): Promise<Interaction> {
    return this.#users.press(options);
  }

  async say({
    user,
    channel,
    content = '',
    attachments = [],
    mentionBot = false,
    flags = 0,
    repliesTo,
  }: SayOptions): Promise<Message> {
    if (channel.kind === 'guild') this.world.memberOf(channel.guild, user);
    const files = attachments.map(({ name, bytes, contentType = 'application/octet-stream' }) => ({
      name,
      contentType,
      bytes: Buffer.from(bytes),
    }));
    const mention = mentionBot ? `<@${this.world.bot.id}> ` : '';
    return this.#board.post(
      { channel, author: user, flags, repliesTo },
      { content: mention + content },
      files,
    );
  }

  /** The bot's first message after `message` in its channel that replies to it, or to nothing at all. */
  answerTo(message: Message, { timeoutMs }: { timeoutMs?: number } = {}): Promise<Message> {
    const isAnswer = ({ id, author, interaction, repliesTo }: Message): boolean =>
      author.bot && !interaction && BigInt(id) > BigInt(message.id) && (!repliesTo || repliesTo === message);
    const what = `an answer to "${message.content}" of ${message.author.name}`;
    return this.#signals.until(() => this.messagesIn(message.channel).find(isAnswer), { what, timeoutMs });
  }

  /** The bot is thrown out of a guild, which is gone. */
  removeGuild(guild: Guild): void {
    this.world.removeGuild(guild);
  }

  #announce(guild: Guild): void {
    const self = guild.members.get(this.world.bot.id);
    if (self) this.#dispatch(guild, GatewayDispatchEvents.GuildCreate, guildCreateToWire(guild, self));
  }

  #dispatch(
    guild: Guild,
    event: GatewayDispatchEvents,
    data: object,
    intents: number = GatewayIntentBits.Guilds,
  ): void {
    this.#gateway.dispatch({ event, data, guild, intents });
  }
}

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import { assume, TypedEvents } from 'loopback-kit';

import type { DiscordEvents } from './events.js';
import { Faults } from './faults/faults.js';
import { Gateway } from './gateway/gateway.js';
import { Journal } from './journal.js';
import type { RequestRecord, Violation } from './journal.js';
import type { BotStatus, LoopbackOptions } from './options.js';
import { Rest } from './rest/rest.js';
import { Router } from './rest/router.js';
import { addRoutes } from './rest/routes/index.js';
import { Board } from './users/board.js';
import { CommandRegistry } from './users/commands.js';
import type { Interaction } from './users/interaction.js';
import { Interactions } from './users/interactions.js';
import type { Message } from './users/messages.js';
import { UserActions } from './users/user-actions.js';
import type { AutocompleteOptions, PressOptions, SayOptions, SlashOptions } from './users/user-actions.js';
import { Tokens } from './world/tokens.js';
import { worldChanges } from './world/world-changes.js';
import { World } from './world/world.js';
import type { Channel, Guild } from './world/world.js';

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
  readonly #events = new TypedEvents<DiscordEvents>();
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
    const events = this.#events;
    const journal = new Journal(events, options.keepAuthorization ?? false);
    const world = new World(
      options,
      worldChanges(() => gateway),
    );
    const tokens = new Tokens(world.bot.id, (token) => gateway.closeToken(token));
    tokens.add(options.token);
    const faults = new Faults(() => gateway);
    const heartbeatIntervalMs = options.heartbeatIntervalMs ?? 41_250;
    const gateway = new Gateway({ world, tokens, events, journal, url: gatewayUrl, heartbeatIntervalMs });
    const board = new Board({ world, gateway, events, origin });
    const commands = new CommandRegistry(world);
    const interactions = new Interactions({
      world,
      events,
      journal,
      deadlineMs: options.interactionDeadlineMs ?? 3000,
      lifetimeMs: options.interactionLifetimeMs ?? HOUR_MS / 4,
    });
    const router = new Router();
    addRoutes({
      router,
      world,
      board,
      commands,
      interactions,
      events,
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
    this.#users = new UserActions({ world, gateway, board, commands, interactions, events });
    http.on('request', (request, response) => void rest.serve(request, response));
    http.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
    // A login that the server did not force is a new process, which has yet to register its commands.
    events.on('identify', ({ afterInvalidation }) => {
      this.#registered &&= afterInvalidation;
    });
    events.on('commands', () => {
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
    this.#events.close();
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
    return this.#events.on(name, listener);
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
    return this.#events.waitFor(name, predicate, timeoutMs);
  }

  /** Resolves once every shard has its guilds and, unless `commands` is false, the bot has registered commands. */
  async ready({
    timeoutMs,
    commands = true,
  }: { timeoutMs?: number; commands?: boolean } = {}): Promise<void> {
    const isReady = (): true | undefined =>
      ((this.#registered || !commands) && this.#gateway.complete) || undefined;
    const what = commands ? 'a bot with registered commands' : 'a bot';
    await this.#events.until(isReady, { what, timeoutMs });
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

  /** A user writes a message; throws when it is empty or the user is not there. */
  async say(options: SayOptions): Promise<Message> {
    return this.#users.say(options);
  }

  /** The bot's first message after `message` in its channel that replies to it, or to nothing at all. */
  answerTo(message: Message, { timeoutMs }: { timeoutMs?: number } = {}): Promise<Message> {
    const isAnswer = ({ author, interaction, repliesTo }: Message): boolean =>
      author.bot && !interaction && (!repliesTo || repliesTo === message);
    const find = (): Message | undefined => {
      const messages = this.messagesIn(message.channel);
      return messages.slice(messages.lastIndexOf(message) + 1).find(isAnswer);
    };
    const what = `an answer to "${message.content}" of ${message.author.name}`;
    return this.#events.until(find, { what, timeoutMs });
  }

  /** The bot is thrown out of a guild, which is gone. */
  removeGuild(guild: Guild): void {
    this.world.removeGuild(guild);
  }
}

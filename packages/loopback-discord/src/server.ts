import type { APIApplicationCommandOptionChoice, GatewayPresenceUpdateData } from 'discord-api-types/v10';
import { LoopbackServer, TypedEvents } from 'loopback-kit';

import { DiscordFaults } from './faults/discord-faults.js';
import { Gateway } from './gateway/gateway.js';
import { worldChanges } from './gateway/world-changes.js';
import type { DiscordEvents } from './journal/events.js';
import { Journal } from './journal/journal.js';
import type { AnswerRecord, RequestRecord } from './journal/journal.js';
import type { Violation } from './journal/violation.js';
import { Rest } from './rest/rest.js';
import { Router } from './rest/router.js';
import { addRoutes } from './rest/routes/index.js';
import { Board } from './users/board.js';
import { Interactions } from './users/interactions.js';
import { UserActions } from './users/user-actions.js';
import type {
  AutocompleteOptions,
  PressOptions,
  SayOptions,
  SelectOptions,
  SlashOptions,
} from './users/user-actions.js';
import { CommandRegistry } from './world/commands.js';
import type { Channel, Guild, User } from './world/guild.js';
import type { Interaction } from './world/interaction.js';
import type { Message } from './world/message.js';
import { Tokens } from './world/tokens.js';
import { World } from './world/world.js';
import type { WorldOptions } from './world/world.js';

const QUARTER_HOUR_MS = 900_000;

export interface LoopbackOptions extends WorldOptions {
  /** The token that the bot may log in with; more through `tokens`. */
  readonly token: string;
  /** The port to listen on, as that of a Discord that was stopped; any free one unless given. */
  readonly port?: number;
  /** Milliseconds until an interaction without a callback is lost; 3,000 as on Discord. */
  readonly interactionDeadlineMs?: number;
  /** Milliseconds that an answer can be edited and followed up for; 15 minutes as on Discord. */
  readonly interactionLifetimeMs?: number;
  /** What HELLO asks for; 41,250 ms as on Discord. */
  readonly heartbeatIntervalMs?: number;
  /** How many shards `GET /gateway/bot` recommends; 1 unless given. */
  readonly shards?: number;
  /** Milliseconds after which the server stops itself; an hour unless given. */
  readonly maxLifetimeMs?: number;
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
  /** How often a bot identified, and how often it resumed. */
  readonly identifies: number;
  readonly resumes: number;
}

/**
 * A Discord on 127.0.0.1: an unchanged discord.js logs in to it with `rest: { api: discord.apiUrl }`. It plays the
 * users, refuses what Discord refuses, and fails on order. Waits last 10 s at most unless told otherwise, and a
 * rejection says what was awaited.
 */
export class LoopbackDiscord {
  /** Base URL of the REST API, without a version. */
  readonly apiUrl: string;
  readonly port: number;
  readonly world: World;
  readonly tokens: Tokens;
  readonly faults: DiscordFaults;
  readonly #http: LoopbackServer;
  readonly #events = new TypedEvents<DiscordEvents>();
  readonly #journal: Journal;
  readonly #gateway: Gateway;
  readonly #board: Board;
  readonly #interactions: Interactions;
  readonly #commands: CommandRegistry;
  readonly #users: UserActions;
  #registered = false;

  private constructor(http: LoopbackServer, options: LoopbackOptions) {
    this.#http = http;
    this.port = http.port;
    const origin = `http://${http.host}`;
    const gatewayUrl = `ws://${http.host}`;
    this.apiUrl = `${origin}/api`;
    const events = this.#events;
    const journal = new Journal(events);
    const world = new World(
      options,
      worldChanges(() => gateway),
    );
    const tokens = new Tokens(world.bot.id, (token) => gateway.closeToken(token));
    tokens.add(options.token);
    const heartbeatIntervalMs = options.heartbeatIntervalMs ?? 41_250;
    const gateway = new Gateway({ world, tokens, events, journal, url: gatewayUrl, heartbeatIntervalMs });
    const faults = new DiscordFaults(gateway);
    const board = new Board({ world, gateway, events, origin });
    const commands = new CommandRegistry(world);
    const interactions = new Interactions({
      world,
      events,
      journal,
      deadlineMs: options.interactionDeadlineMs ?? 3000,
      lifetimeMs: options.interactionLifetimeMs ?? QUARTER_HOUR_MS,
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
    http.onRequest((request, response) => rest.serve(request, response));
    http.onUpgrade((request, socket, head) => gateway.upgrade(request, socket, head));
    http.limitLifetime(() => this.stop(), options.maxLifetimeMs);
    // A login that the server did not force is a new process, which has yet to register its commands.
    events.on('identify', ({ afterInvalidation }) => {
      this.#registered &&= afterInvalidation;
    });
    events.on('commands', () => {
      this.#registered = true;
    });
  }

  static async start(options: LoopbackOptions): Promise<LoopbackDiscord> {
    return new LoopbackDiscord(await LoopbackServer.listen(options.port), options);
  }

  /** Closes every socket and timer and ends every wait; nothing keeps the process alive afterwards. */
  async stop(): Promise<void> {
    this.#events.close();
    this.#interactions.stop();
    this.faults.clear();
    this.#gateway.stop();
    await this.#http.close();
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

  /** The latest 5,000 answers, in the order in which they were given. */
  get answers(): readonly AnswerRecord[] {
    return this.#journal.answers;
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

  /** Rejects immediately when the user could not have sent it: an unknown command or option, a missing permission. */
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

  /** A user selects options of a select menu. */
  async select(options: SelectOptions): Promise<Interaction> {
    return this.#users.select(options);
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
}

import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import { LoopbackServer, TypedEvents } from 'loopback-kit';

import type { DiscordFaults } from './faults/discord-faults.js';
import type { DiscordEvents } from './journal/events.js';
import type { AnswerRecord, RequestRecord } from './journal/journal.js';
import type { Violation } from './journal/violation.js';
import type { BotStatus, LoopbackOptions } from './options.js';
import { assemble } from './parts.js';
import type { Parts } from './parts.js';
import type {
  AutocompleteOptions,
  PressOptions,
  SayOptions,
  SelectOptions,
  SlashOptions,
} from './users/user-actions.js';
import type { CommandRegistry } from './world/commands.js';
import type { Channel, Guild } from './world/guild.js';
import type { Interaction } from './world/interaction.js';
import type { Message } from './world/message.js';
import type { Tokens } from './world/tokens.js';
import type { World } from './world/world.js';

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
  readonly #parts: Parts;
  #registered = false;

  private constructor(http: LoopbackServer, options: LoopbackOptions) {
    this.#http = http;
    this.port = http.port;
    this.apiUrl = `http://${http.host}/api`;
    const events = this.#events;
    const parts = assemble(events, http.host, options);
    this.#parts = parts;
    this.world = parts.world;
    this.tokens = parts.tokens;
    this.faults = parts.faults;
    http.onRequest((request, response) => parts.rest.serve(request, response));
    http.onUpgrade((request, socket, head) => parts.gateway.upgrade(request, socket, head));
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
    this.#parts.interactions.stop();
    this.faults.clear();
    this.#parts.gateway.stop();
    await this.#http.close();
  }

  get bot(): BotStatus {
    const { presence, identifies, resumes, connected } = this.#parts.gateway;
    return {
      user: this.world.bot,
      connected: connected.length > 0,
      sessions: connected.length,
      intents: [...this.#parts.gateway.sessions.values()].at(-1)?.intents,
      presence,
      identifies,
      resumes,
    };
  }

  /** The latest 5,000 requests. */
  get requests(): readonly RequestRecord[] {
    return this.#parts.journal.requests;
  }

  /** The latest 5,000 answers, in the order in which they were given. */
  get answers(): readonly AnswerRecord[] {
    return this.#parts.journal.answers;
  }

  /** The latest 5,000 payloads that the bot sent to the gateway. */
  get gatewayReceived(): readonly string[] {
    return this.#parts.journal.gatewayReceived;
  }

  /** What Discord would have refused, oldest first. */
  get violations(): readonly Violation[] {
    return this.#parts.journal.violations;
  }

  /** The registered commands, global or of one guild. */
  commands(guild?: Guild): ReturnType<CommandRegistry['list']> {
    return this.#parts.commands.list(this.world.bot.id, guild?.id);
  }

  /** Every message of a channel, oldest first, with deleted and ephemeral ones. */
  messagesIn(channel: Channel): readonly Message[] {
    return this.#parts.board.in(channel);
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
      ((this.#registered || !commands) && this.#parts.gateway.complete) || undefined;
    const what = commands ? 'a bot with registered commands' : 'a bot';
    await this.#events.until(isReady, { what, timeoutMs });
  }

  /** Rejects immediately when the user could not have sent it: an unknown command or option, a missing permission. */
  async slash(options: SlashOptions): Promise<Interaction> {
    return this.#parts.users.slash(options);
  }

  /** The choices that the bot offers while a user types. */
  async autocomplete(options: AutocompleteOptions): Promise<readonly APIApplicationCommandOptionChoice[]> {
    return this.#parts.users.autocomplete(options);
  }

  /** A user presses a button of a message. */
  async press(options: PressOptions): Promise<Interaction> {
    return this.#parts.users.press(options);
  }

  /** A user selects options of a select menu. */
  async select(options: SelectOptions): Promise<Interaction> {
    return this.#parts.users.select(options);
  }

  /** A user writes a message; throws when it is empty or the user is not there. */
  async say(options: SayOptions): Promise<Message> {
    return this.#parts.users.say(options);
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
